"""A claim as the checker compares it."""

import datetime

from django.utils import timezone

from swot.checking.verdicts import Statement


class ClaimStatement:
    """A mixin for the model of claims, whose columns it reads."""

    @property
    def as_statement(self):
        """The statement that the checker compares."""
        return Statement(
            expression=self.expression,
            comparison=self.comparison,
            low=self.stated_low,
            high=self.stated_high,
            decimals=self.stated_decimals,
            unit=self.stated_unit,
            is_latest=self.period_policy == self.PeriodPolicy.LATEST,
            period=self.subject_period,
            region=self.subject_region.code if self.subject_region_id else "",
            vintage=self.subject_vintage,
            as_of=self._as_of_moment,
            successor=self.successor,
        )

    @property
    def _as_of_moment(self):
        """The end of the day whose data the statement is based on."""
        end = datetime.time.max
        day = self.as_of and datetime.datetime.combine(self.as_of, end)
        return timezone.make_aware(day) if day else None
