import os
from collections import Counter
from hypothesis import settings, Phase, HealthCheck
from tests.services.escalations.machine.test_weeks import weeks, MODEST
from tests.services.escalations.machine import laws, house
C=Counter(); O=Counter()
orig=laws.check_said
def cs(look, lines, heard):
    for l in lines: C[str(l.event.kind)]+=1
    C["notes"]+=len(look.notes)
    orig(look,lines,heard)
laws.check_said=cs
ot=house._tried
async def tr(act, ask):
    r=await ot(act,ask); O[(act.__name__, r.value)]+=1; return r
house._tried=tr
def test_dev(fresh_database):
    n=int(os.environ.get("N","10")); s=int(os.environ.get("S","40"))
    try:
        weeks(fresh_database, os.environ.get("K","sqlite"), settings(MODEST, derandomize=os.environ.get("R")!="1", max_examples=n, stateful_step_count=s, phases=[Phase.generate], report_multiple_bugs=False))
    finally:
        __import__("pathlib").Path("/tmp/mach/stats").write_text(str(C.most_common())+"\n"+str(sorted(O.items())))
