"""Irregular English verbs and nouns: a base form, then the others, one group each."""

from __future__ import annotations

from collections.abc import Mapping

_VERBS = """
be am is are was were been being 's 're 'm; have has had having 've 's 'd; do does did done doing;
go goes went gone; say says said; make made making; get got gotten getting; take took taken; see saw seen;
come came; know knew known; give gave given; find found; think thought; tell told; become became;
show showed shown; leave left; feel felt; put putting; bring brought; begin began begun beginning;
keep kept; hold held; write wrote written writing; stand stood; hear heard; let letting; mean meant;
set setting; meet met; run ran running; pay paid; sit sat sitting; speak spoke spoken; lie lay lain lying;
lead led; read reading; grow grew grown; lose lost; fall fell fallen; send sent; build built;
understand understood; draw drew drawn; break broke broken; spend spent; cut cutting;
rise rose risen rising; drive drove driven driving; buy bought; wear wore worn; choose chose chosen;
eat ate eaten; seek sought; win won winning; throw threw thrown; catch caught; deal dealt;
fight fought; teach taught; sell sold; shoot shot; strike struck stricken; hit hitting; hurt;
lay laid; fly flies flew flown; flee fled; freeze froze frozen; forbid forbade forbad forbidden forbidding;
foresee foresaw foreseen; forgive forgave forgiven; forget forgot forgotten; forgo forwent forgone;
bear bore borne born; beat beaten; bend bent; bet; bid bade bidden bidding; bind bound; bite bit bitten;
bleed bled; blow blew blown; breed bred; broadcast broadcasted; burn burnt burned; burst; cast;
cling clung; cost; creep crept; cast; dig dug; dive dove dived; dream dreamt; drink drank drunk;
dwell dwelt; feed fed; fling flung; grind ground; hang hung hanged; hide hid hidden; hide hiding;
kneel knelt; knit; lean leant; leap leapt; learn learnt; lend lent; light lit lighted; mistake mistook
mistaken;
mislead misled; misunderstand misunderstood; mow mown; outbid; outlaw outlawed; outdo outdid outdone;
overcome overcame; overhear overheard; override overrode overridden; oversee oversaw overseen;
overrun overran overrunning; overtake overtook overtaken; overthrow overthrew overthrown; overturn;
partake partook partaken; plead pled pleaded; prove proved proven; quit quitted quitting; rebuild rebuilt;
redo redid redone; repay repaid; retake retook retaken; rewrite rewrote rewritten; resell resold; rid;
ride rode ridden; ring rang rung; saw sawed sawn; seek sought; sew sewn; shake shook shaken; shed;
shine shone; shed shedding; shrink shrank shrunk; shut shutting; sing sang sung; sink sank sunk sunken;
slay slew slain; sleep slept; slide slid; sling slung; slit; smell smelt; sneak snuck; sow sown; speed sped;
spell spelt; spill spilt; spin spun; spit spat; split splitting; spoil spoilt; spread; spring sprang sprung;
steal stole stolen; stick stuck; sting stung; stink stank stunk; strip stripped stripping; strive
strove striven;
string strung; swear swore sworn; sweep swept; swell swollen; swim swam swum; swing swung;
tear tore torn; thrust; tread trod trodden; undergo underwent undergone; undertake undertook undertaken;
undo undid undone; unwind unwound; uphold upheld; upset upsetting; wake woke woken; awake awoke awoken;
weave wove woven; weep wept; wed; wind wound; withdraw withdrew withdrawn; withhold withheld;
withstand withstood; wring wrung; behold beheld; beset; betake; bespeak bespoke; arise arose arisen;
abide abode; backslide backslid; befall befell befallen; beget begot begotten; bereave bereft; beseech
besought;
bestride; cleave clove cleft; clothe clad; die dying; tie tying; vie vying; lie lied; defy; hew hewn;
interweave interwove; lade laden; outgrow outgrew outgrown; outrun outran; outsell outsold; outshine
outshone;
overdo overdid overdone; overeat overate; overhang overhung; overpay overpaid; oversleep overslept;
preset; proofread; rend rent; reset; shear shorn; shoe shod; smite smote smitten; unbind unbound;
underlie underlay underlain underlying; underpay underpaid; underwrite underwrote underwritten; wet;
can could ca; will would wo 'll; shall should; may might; must; focus focuses focused focussed; bus bussed;
gas gassed gassing; picnic picnicked; traffic trafficked trafficking; panic panicked; mimic mimicked;
kidnap kidnapped kidnapping kidnaped; program programmed; worship worshipped; handicap handicapped;
hijack; sabotage; veto vetoes vetoed vetoing; quiz quizzed; input; outfit outfitted; format formatted;
"""
_NOUNS = """
man men; woman women; child children; foot feet; tooth teeth; goose geese; mouse mice; person people
persons;
life lives; wife wives; knife knives; half halves; leaf leaves; thief thieves; shelf shelves; wolf wolves;
loaf loaves; calf calves; self selves; elf elves; crisis crises; analysis analyses; basis bases;
thesis theses; hypothesis hypotheses; oasis oases; axis axes; diagnosis diagnoses; parenthesis parentheses;
criterion criteria; phenomenon phenomena; medium media; datum data; bacterium bacteria; memorandum
memoranda;
referendum referenda; ultimatum ultimata; stratum strata; curriculum curricula; forum fora; index indices;
matrix matrices; appendix appendices; nucleus nuclei; radius radii; alumnus alumni; cactus cacti; ox oxen;
brother brethren; die dice; quiz quizzes; passerby passersby; runner-up runners-up; staff staves;
attorney-general attorneys-general; talk talks; sanction sanctions; troop troops; bad worse worst; good
better best;
far further furthest; many more most; little less least; well better best
"""


def irregular() -> Mapping[str, tuple[str, ...]]:
    """Return the irregular forms by their base form."""
    found: dict[str, tuple[str, ...]] = {}
    for group in (_VERBS + ";" + _NOUNS).split(";"):
        base, *forms = group.split() or [""]
        found[base] = (*found.get(base, ()), *forms)
    return found
