"""The administrators' door: Django's admin over the actions, one module for each story.

site         who enters, the nouns in order, counts       base     what every noun's page does
rows         rights, search boxes, rows under a record    forms    reason, version, checks
changelist   the lists, by the FilterSets of every door   sidebar  their filters
history      the record of one object, field by field     deletion what goes along, what holds
tree         the provisions under their resolution        columns  numbers that are links
resolutions, provisions, bodies, authorities, implementation, changes, people: the nouns
"""
