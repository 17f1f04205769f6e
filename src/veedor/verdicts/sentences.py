"""Every sentence a verdict can say. One template a situation; the words may improve without changing any digest."""

from __future__ import annotations

from veedor.kernel.language import N_, Template

# --- what the accord asks for ---------------------------------------------------------------------------------------
ASKS_AT_MOST = Template("ver.asks-at-most", N_("at most {limit}"))
ASKS_AT_LEAST = Template("ver.asks-at-least", N_("at least {limit}"))
ASKS_FALL = Template("ver.asks-fall", N_("a fall of at least {size}"))
ASKS_RISE = Template("ver.asks-rise", N_("a rise of at least {size}"))
ASKS_DONE = Template("ver.asks-done", N_("{label} by {day}"))
ASKS_EVERY = {
    "month": Template("ver.asks-every-month", N_("{label}: {count} every month")),
    "quarter": Template("ver.asks-every-quarter", N_("{label}: {count} every quarter")),
    "half-year": Template("ver.asks-every-half-year", N_("{label}: {count} every half-year")),
    "year": Template("ver.asks-every-year", N_("{label}: {count} every year")),
}
ASKS_NONE = Template("ver.asks-none", N_("no {label}"))
ASKS_NOTHING = Template("ver.asks-nothing", N_("nothing that can be tested"))
ASKS_GRADE = {
    "initiated": Template("ver.asks-initiated", N_("graded initiated ({grade} of 3) or better by {coders} coders, by {day}")),
    "minimum": Template("ver.asks-minimum", N_("graded minimum ({grade} of 3) or better by {coders} coders, by {day}")),
    "intermediate": Template("ver.asks-intermediate", N_("graded intermediate ({grade} of 3) or better by {coders} coders, by {day}")),
    "complete": Template("ver.asks-complete", N_("graded complete ({grade} of 3) or better by {coders} coders, by {day}")),
}

# --- did they do it -------------------------------------------------------------------------------------------------
LEVEL_DID = Template("ver.level-did", N_("In {period} it was {value} ({low} to {high}); the accord asks for {bound}."))
TOTAL_DID = Template("ver.total-did", N_("In {period} the total was {value}; the accord asks for {bound}."))
CHANGE_DID = Template(
    "ver.change-did",
    N_("From {baseline} to {period} it changed by {value} % ({low} to {high} %); the accord asks for {bound}."),
)
SHARE_DID = Template(
    "ver.share-did",
    N_("In {period} the share was {value} % ({low} to {high} %): {part} of {whole}; the accord asks for {bound}."),
)
DONE = Template("ver.done", N_("It is recorded as done on {day} by {actors}; it was due by {due}."))
DONE_LATE = Template("ver.done-late", N_("It is recorded as done on {day} by {actors}, {days} days after it was due."))
NOT_DONE = Template("ver.not-done", N_("{actors} record that it had not been done by {due}."))
EVERY_PERIOD = Template("ver.every-period", N_("It is on record for all {periods} periods since {since}."))
MISSED_PERIODS = Template("ver.missed-periods", N_("It is recorded as missed in {missed} of {periods} periods since {since}."))
EVENT_PROVED = Template("ver.event-proved", N_("Such events on record since {since}: {events}, reported by {actors}."))
CODED_DID = Template("ver.coded-did", N_("{coders} coders grade it {grades} of 3; the accord asks for at least {asked}."))

# --- did it work ----------------------------------------------------------------------------------------------------
PLACEBO = Template(
    "ver.placebo",
    N_(
        "Over the same lag, {starts} earlier start dates saw a usual change of {usual} %; "
        "{share} % of them moved at least as far in the same direction."
    ),
)
WORKED_NOT_ASKED = Template("ver.worked-not-asked", N_("Whether the accord caused it is not asked of this kind of test."))
WORKED_TOO_SHORT = Template(
    "ver.worked-too-short", N_("Too few months before the accord are held to say what would have happened without it.")
)

# --- would we have seen it ------------------------------------------------------------------------------------------
SEEN_CHANGE = Template(
    "ver.seen-change",
    N_("With these data a fall of {size} % or more would be told from nothing four times out of five."),
)
SEEN_LEVEL = Template("ver.seen-level", N_("With these data a level within {size} % of the limit cannot be told from the limit."))
SEEN_SHARE = Template(
    "ver.seen-share",
    N_("With these data a share within {size} percentage points of the limit cannot be told from the limit."),
)
SEEN_ACTS = Template("ver.seen-acts", N_("Acts are seen only if somebody records them; {records} records with this label are held."))
SEEN_EXACT = Template("ver.seen-exact", N_("The total is published whole; only a revision would change it."))
SEEN_NO_INSPECTION = Template(
    "ver.seen-no-inspection",
    N_("No inspection is on record, so nobody can say with what chance a breach would have been seen."),
)
SEEN_PUBLISHED = Template("ver.seen-published", N_("The publisher's own interval says how fine a difference can be seen."))

# --- why it cannot be told ------------------------------------------------------------------------------------------
NO_TEST = Template("ver.no-test", N_("The accord names no test for it, so nothing could verify it; see veedor lint."))
NO_FIGURE_AFTER = Template(
    "ver.no-figure-after",
    N_("No figure of {indicator} lies in the time asked about ({period}); the last held is for {last}."),
)
WINDOW_INCOMPLETE = Template("ver.window-incomplete", N_("{have} of {want} periods of the window {period} have figures."))
PLACES_MISSING = Template("ver.places-missing", N_("Only {reported} of {expected} places reported in at least one period of the window."))
BASELINE_INCOMPLETE = Template("ver.baseline-incomplete", N_("{have} of {want} periods of the baseline {period} have figures."))
NOISE_UNKNOWN = Template(
    "ver.noise-unknown",
    N_("The series has {points} periods; {needed} months are needed to know how much it moves by itself."),
)
NOT_MONTHLY = Template(
    "ver.not-monthly", N_("Each figure is of one {rhythm}: how much they move by themselves can be told from months only, so far.")
)
NO_INTERVAL = Template("ver.no-interval", N_("The publisher gives no interval for this figure, so it cannot be told from the limit."))
UNIT_MISMATCH = Template("ver.unit-mismatch", N_("The accord asks in {asked}, the figures are in {found}."))
INTERVAL_CROSSES = Template(
    "ver.interval-crosses",
    N_("The interval {low} to {high} includes the limit {bound}: these data cannot tell on which side the truth lies."),
)
NOTHING_RECORDED = Template("ver.nothing-recorded", N_('No act labelled "{label}" is on record. Silence is not proof of a breach.'))
PERIODS_SILENT = Template("ver.periods-silent", N_("{silent} of {periods} periods since {since} have no record either way."))
NOTHING_SEEN = Template(
    "ver.nothing-seen",
    N_("No such event is on record since {since}, and no inspection says that one would have been seen."),
)
CODERS_MISSING = Template("ver.coders-missing", N_("{have} of {want} coders have graded it."))
CODERS_DIFFER = Template("ver.coders-differ", N_("The coders differ: {grades} of 3."))
GRADE_TOO_LOW = Template("ver.grade-too-low", N_("The evidence is graded {found}; the accord asks for {needed} or better."))
TOO_FEW_CONTROLLERS = Template(
    "ver.too-few-controllers",
    N_("The evidence is controlled by {controllers}; the accord asks for {needed} independent controllers."),
)
ONLY_OWN = Template("ver.only-own", N_("All the evidence is controlled by the party judged ({controllers})."))
PARTLY_OWN = Template("ver.partly-own", N_("The figures are one series, and the party judged controls part of it ({controllers})."))
ONE_SERIES = Template("ver.one-series", N_("The evidence is one series of figures; the accord asks for {needed} independent sources."))
ONLY_COUNTERPART = Template("ver.only-counterpart", N_("All the evidence is controlled by the party's counterpart ({controllers})."))
ONE_PARTY_ONLY = Template("ver.one-party-only", N_("Only one party can recompute it, and such a verdict never carries a breach."))
UNLAWFUL = Template("ver.unlawful", N_("The object of this term is unlawful: {why} It is recorded and never tested."))
ARMED_GROUP_UNATTRIBUTED = Template(
    "ver.armed-group-unattributed",
    N_("No attribution to the group itself is on record that does not rest on a government's word alone."),
)

# --- not due, results, flags ----------------------------------------------------------------------------------------
NOT_YET = Template("ver.not-yet", N_("It can first be judged on {due}."))
SO_FAR = Template("ver.so-far", N_("So far: {value} ({low} to {high}) in {period}."))
SO_FAR_EXACT = Template("ver.so-far-exact", N_("So far: {value} in {period}."))
MISSED_IS_NO_BREACH = Template(
    "ver.missed-is-no-breach",
    N_("A missed result is not by itself a breach; the duties meant to bring it about are judged apart: {duties}."),
)
MISSED_WITHOUT_DUTIES = Template(
    "ver.missed-without-duties",
    N_("A missed result is not by itself a breach; the accord names no duty meant to bring it about."),
)
FLAG_LATE = Template("ver.flag-late", N_("late by {days} days"))
FLAG_ONE_SIDED = Template("ver.flag-one-sided", N_("one-sided: all figures are controlled by {controllers}"))
FLAG_POST_HOC = Template("ver.flag-post-hoc", N_("post hoc: the test was changed on {day}: {why}"))
FLAG_SUSPENSION = Template("ver.flag-suspension", N_("suspension proposed: it depends on {duties}, which is broken; an organ decides"))
FLAG_UNLAWFUL = Template("ver.flag-unlawful", N_("unlawful object"))

# --- what would change it -------------------------------------------------------------------------------------------
CHANGE_BY_COUNT = Template("ver.change-by-count", N_("{more} fewer or more in the window would bring the value to the limit."))
CHANGE_BY_INDEPENDENT = Template(
    "ver.change-by-independent", N_("Evidence from a controller other than {controllers} would allow a decision.")
)
CHANGE_BY_FIGURES = Template("ver.change-by-figures", N_("Figures of {indicator} for {period} would allow a decision."))
CHANGE_BY_RECORD = Template(
    "ver.change-by-record",
    N_('A record of the act "{label}", from each side or from an independent observer, would decide it.'),
)
CHANGE_BY_INSPECTION = Template("ver.change-by-inspection", N_("An inspection with a stated chance of finding a breach would decide it."))
CHANGE_BY_NEED = Template("ver.change-by-need", N_("{needs}"))
CHANGE_BY_MONTHS = Template("ver.change-by-months", N_("More months of figures would narrow the interval."))
CHANGE_BY_CODER = Template("ver.change-by-coder", N_("A grade by another coder would decide it: veedor code {commitment}."))
