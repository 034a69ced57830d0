"""Names that many people have: ``jsuis pas kevin`` says whose number it isn't."""

from scheduler.domain.hearing.reading import several

#: The commonest first names of half a century, and some family names; without a capital
#: nothing else shows a name.
NAMES = several(
    "jean marie michel pierre philippe andre alain jacques bernard daniel nathalie isabelle sylvie"
    " catherine martine christine monique francoise valerie sandrine nicolas christophe patrick"
    " laurent stephane david frederic pascal eric julien thomas kevin alexandre maxime antoine"
    " sebastien anthony romain guillaume jeremy mathieu matthieu vincent benjamin florian"
    " lucas hugo"
    " enzo louis paul arthur jules leo nathan emma lea chloe manon camille ines sarah laura"
    " julie marine"
    " pauline mathilde lucie celine virginie aurelie emilie stephanie elodie audrey melanie"
    " delphine"
    " caroline sophie anne claire helene laetitia mohamed ahmed karim fatima samira nadia"
    " yasmine ali"
    " omar youssef rachid mehdi sofia lina jade louise alice gabriel raphael adam mamadou aminata"
    " fatou ibrahim moussa john mary james robert linda susan peter steve mike kate jane emily"
    " jack"
    " martin dupont durand robert simon bernadette jacqueline jeanne yvette gerard roger rene"
    " claude"
    " didier thierry bruno olivier francois denis serge gilles brigitte veronique dominique annie"
)
