"""Frequent English words that would pass for products of letters, and words of instruction.

A run of letters such as ``cost`` or ``made`` could be cut into ``cos(t)`` and ``m*a*d*e``.
These are the words of everyday English for which the rule of ``words.cut`` would do so.
"""

from __future__ import annotations

EVERYDAY = frozenset(
    """
    abide acids act add adds ago aide aids air algae alphabet also analog andy are arm art
    aside ask audi bag bands basin basing basins bay beads bed beds bee been bends bet bids
    big binds birds bit blade blog blogs blvd body bonds botany boy brady bride brody bud
    buddy buds bug bulge bus buy bye byrd candy car cards casing cat cindy clyde code cody
    condo cords cosby cosmic cosmos cost costa costco costly costs cosy cotton cousin cow
    crude cry cup daddy dads dandy deeds dialog did die does dog dry dude due dvds easing eat
    eddy egg else end ends epic episode etc evade expand expands expect expel expert expire
    explode expo export expose exposing extant eye fade fan far feds feeds few fide finds fit
    fly flynn folds foods fox fun funds fur garde gas gay giddy glide gmbh gods goods got
    grade guide gun guy gypsy hands handy hardy hat heads heidi her hey hide him hindi hindu
    his hit holds honda horde hot how hug hyde hymn hymns ice ill indo indy insect jade jam
    jedi job jude judy key kid kiddo kids kinda kinds kurds lab lads lady lands law lay leads
    led leg lends lie linda lip lipid loads logan logged logic login logo logos logs lords
    losing lot low lynch lynn made maids mandy map marcos mascot meds men met mid midi minds
    mix mode modi mods mom moods moody mud muddy mutant myth myths nadu needs needy nerds node
    nods nor nut odds oil olds olga opium our oxide paddy pads panda pay pen per piano pick
    picks picky pics pie piece pier piers pies pig piggy pigs pike pile piled piles pilgrim
    pill pills pilot pin pinch pine pines ping pink pinky pins pint pints pious pipe piper
    pipes piping pitch pits pitt pity pivot pixel pizza pods ponds pop posing pot pride pro
    psych pupil raids ran randy rapid rapids raw reads ready red reds resin rhode rhys rhythm
    rhythms ride rip rising roads rode rods row rudd rude rudy run sad sands sandy satan saudi
    saw scot scotch scotia scots scott sea second seconds secret sect sector secure seeds
    sends shade shady she sheds side sinai since sinful sing singer singh single sings sink
    sinks sinner sins sinus sir sit ski sky slade slide slogan soda son spade spice spicy
    spies spike spill spin spine spins spit spite stan stance stand stands studs study suede
    sultan sync synth tacos tag tanaka tandem tang tango tank tanker tanks tanner tanya tap
    tax tea teddy ten tends tibetan tide tidy tie tip titan titans tom too top topic toy trade
    try undo urdu using van verde via wade waldo wanda war wards web weeds wendy were wide
    wilde win winds windy woods woody words wow yards yet zelda zoo
    """.split()
)
INSTRUCTIONS = (
    """solve simplify simplif factor expand expans differenti integra deriv evaluat calculat
    comput determin prove proof verify conver transform rationali complet decompos partial
    equation inequal system matrix express function formula number approx minimi maximi
    sketch graph round estimate simpl reduce cancel collect apart together polar"""
).split()
"""Beginnings of words of instruction: no run of letters with one in it is a product."""
