"""Files for imports, as long as a test wants them."""

REGIONS, YEARS = range(10), range(1950, 2000)
PARTS = ("", "a", "b", "c")
HEADER = "indicator,region,period,breakdown,value,unit,source\n"
POLICY_HEADER = "code,title_zh_hans,level,issuers\n"


def figures(indicator="exports", parts=PARTS, more=0):
    """A long table: 500 rows for each breakdown; `more` is added to every value."""
    lines = (
        f"{indicator},R{region},{year},{part},{region + year + more}.5,亿元,office\n"
        for part in parts
        for region in REGIONS
        for year in YEARS
    )
    return (HEADER + "".join(lines)).encode()


def policies(numbers, title="通知"):
    """A file with a policy for each of the numbers, in their order."""
    lines = (f"N{number:04},{title}{number},national,gov\n" for number in numbers)
    return (POLICY_HEADER + "".join(lines)).encode()
