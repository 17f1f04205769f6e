"""How each kind of test is judged, in plain words, with its published source, what it assumes and what it is not for.

These texts describe method version 1. A change of a judge that a reader would notice changes the version and these words with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from veedor.kernel.language import N_

DESCRIBES = "1"
"""The method version that the texts are about; a test compares it with the one in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodText:
    """What a statement says about one kind of test; each text is translatable."""

    name: str
    asks: str
    does: str
    published: str
    assumes: str
    not_for: str
    errors: str  # which error rates are measured in this release, and which are not


_FORMULAS_CHECKED = N_(
    "The formulas of the intervals are compared with published tables, and their coverage with simulated series. How often whole "
    "verdicts are wrong is not yet measured."
)
_NO_SAMPLING = N_(
    "No statistics are involved. How often acts are recorded wrongly, late or not at all is not known; silence is therefore never "
    "read as a breach."
)

METHODS: Mapping[str, MethodText] = {
    "level": MethodText(
        name=N_("Level"),
        asks=N_("Is a figure, over the window that ends at the deadline, at most or at least a number?"),
        does=N_(
            "The figure and its 95 % interval are set beside the limit. The verdict says yes or no only when the whole interval "
            "lies on one side; otherwise these data cannot tell. Counts: gamma limits, widened by how much the series scatters "
            "around its own season and trend and by how much each month follows the one before. Weights and sums: a log-normal "
            "interval from the same scatter. Published indices: the publisher's own interval at its own level, read as one of 95 % "
            "for the probability. Money and other administrative totals: exact."
        ),
        published=N_(
            "Garwood 1936 (gamma limits of a count); McCullagh and Nelder 1989, sections 4.5 and 6.2 (dispersion); Cleveland and "
            "others 1990, section 2 (trend and season); Bartlett 1946 (months that follow each other); Casella and Berger 2002, "
            "section 5.5.4 (sums)."
        ),
        assumes=N_(
            "The months of the window scatter as the history of the series did. Season and trend are slow. At least 36 months are held."
        ),
        not_for=N_("Months that the publisher is still filling, series with a break of method inside, yearly counts without an interval."),
        errors=_FORMULAS_CHECKED,
    ),
    "change": MethodText(
        name=N_("Change"),
        asks=N_("Has a figure fallen or risen by at least a share against its baseline?"),
        does=N_(
            "The ratio of window to baseline and its 95 % interval on the logarithm are set beside the ratio asked for. Whether "
            "the accord brought it about is answered apart, and never enters the verdict: every earlier month is tried as if the "
            "accord had begun then, and the change is shown beside what those months saw."
        ),
        published=N_(
            "Katz and others 1978 (interval of a ratio); Abadie, Diamond and Hainmueller 2015, section 4.3 (placebo starts in "
            "time); Phipson and Smyth 2010 (a share is never exactly zero); Cohen 1988, section 2.2 (smallest change that would be seen)."
        ),
        assumes=N_("Window and baseline are counted in the same way, and the history of the series shows how much it moves by itself."),
        not_for=N_("Saying that the accord caused a change. Series with a break of method between baseline and window."),
        errors=_FORMULAS_CHECKED,
    ),
    "share": MethodText(
        name=N_("Share"),
        asks=N_("Is a counted part of a counted whole at most or at least a percentage?"),
        does=N_(
            "Part and whole are summed over the window, never averaged as percentages. Exact binomial limits at 95 %, on a whole "
            "made smaller by how much the monthly shares scatter, are set beside the limit."
        ),
        published=N_("Clopper and Pearson 1934 (limits of a share); McCullagh and Nelder 1989, section 4.5 (dispersion)."),
        assumes=N_("Part and whole are counted by one rule, and the whole is the one that the accord means."),
        not_for=N_("Shares of something that is not counted whole, such as weapons traced of weapons never submitted."),
        errors=_FORMULAS_CHECKED,
    ),
    "milestone": MethodText(
        name=N_("Milestone"),
        asks=N_("Was a named thing done by its date?"),
        does=N_(
            "Kept when an act on record with that label completes it in time; broken when the act came late or when somebody "
            "records that it was not done. Nothing on record is undetermined."
        ),
        published=N_("The label and the words that complete it stand in the accord and in the list of actions of veedor."),
        assumes=N_("Whoever records an act says what was done and on which day; the grade of the record says how far to believe it."),
        not_for=N_("The quality of what was done."),
        errors=_NO_SAMPLING,
    ),
    "cadence": MethodText(
        name=N_("Cadence"),
        asks=N_("Was a named thing done in every period?"),
        does=N_(
            "Each period that has passed takes the acts on record that fall into it, or into its days of grace. Kept when every "
            "period has its acts, broken when a record says that one was missed; a period without any record leaves it undetermined."
        ),
        published=N_("The rhythm, the number and the days of grace stand in the accord."),
        assumes=N_("As for milestones; one act serves one period only."),
        not_for=N_("What was said or decided at a meeting."),
        errors=_NO_SAMPLING,
    ),
    "absence": MethodText(
        name=N_("Absence"),
        asks=N_("Did something forbidden stay away?"),
        does=N_(
            "One proved event breaks it. Nothing seen keeps it only where inspections state with what chance a breach would have "
            "been found; this release takes in no inspections, so that a prohibition can be found broken or undetermined, never kept."
        ),
        published=N_("The smallest breach that must be found, and with which chance, stand in the accord."),
        assumes=N_("An event on record took place, to the grade of the record."),
        not_for=N_("Concluding from silence."),
        errors=N_("The chance that a breach is seen is not measured; without it no prohibition is said to be kept."),
    ),
    "coded": MethodText(
        name=N_("Coded"),
        asks=N_("Do coders who do not see each other's grade find it initiated, half done or complete?"),
        does=N_(
            "Each coder's latest grade counts, 0 to 3. Kept when all reach the grade asked for, broken when none does, "
            "undetermined when they differ or are too few."
        ),
        published=N_("The scale of the Peace Accords Matrix (Kroc Institute, University of Notre Dame)."),
        assumes=N_("Coders grade what the commitment says, from documents that they name."),
        not_for=N_("Fine differences between parties or months: the scale has four steps."),
        errors=N_("How far coders agree beyond chance is not yet part of a verdict."),
    ),
}
"""One text for each kind of test; a test compares the keys with the registry of kinds."""

GATES = (
    N_("Before its day a commitment is NOT DUE, whatever the figures say."),
    N_("Where the data cannot tell, it is UNDETERMINED, with the cause and with who could end it."),
    N_("Only evidence of the grade that the accord asks for counts (Admiralty scale: reliability A to F, credibility 1 to 6)."),
    N_(
        "The evidence has to come from as many independent controllers as the accord asks for. Two sources of one controller count "
        "once, and so does one series of figures, whoever feeds it: it is as independent as its weakest part."
    ),
    N_(
        "KEPT and BROKEN never rest only on sources that the party judged controls, nor only on those of its counterpart. A result "
        "may, and is then labelled one-sided."
    ),
    N_("An act counts as an armed group's only with an attribution that does not rest on governments alone."),
    N_("What one party alone could recompute never carries a breach."),
    N_("A missed result is not by itself a breach; the duties meant to bring it about are judged apart."),
)
"""The steps from figures to verdict, in their order."""

ROUNDING = (
    N_("Counts and sums are whole numbers or exact decimals, never binary fractions."),
    N_(
        "Numbers from a statistical method are rounded to six significant digits, half to even, before they are compared with the "
        "limit and before anything is hashed."
    ),
    N_("Administrative totals are rounded to ten significant digits, half to even. Probabilities are given to four decimals."),
    N_("A verdict is equal on every supported version of Python; the versions used enter the run digest only."),
)

NOT_MEASURED = (
    N_("How often a verdict BROKEN or MISSED is wrong: not yet measured."),
    N_("How often a verdict KEPT or MET is wrong: not yet measured."),
    N_("Looking again every month: each look uses the same 95 %, so that the chance of a false alarm grows with the number of looks."),
    N_("Judging many commitments at once: no correction is made for their number."),
    N_("Revisions: figures that a publisher changes later change the verdict made from the newer file, never the one that stands."),
)
"""What this release does not know about its own errors."""
