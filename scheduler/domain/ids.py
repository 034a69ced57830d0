"""The ledger's numbers, each of its own kind: one can't be given where another is wanted.

They are integers when the program runs; what reads a row of the ledger makes them.
"""

from typing import NewType

#: An occurrence's row. People and logs see its printed id (``domain.names.occurrence_ids``).
OccurrenceId = NewType("OccurrenceId", int)
SlotId = NewType("SlotId", int)
DeliveryId = NewType("DeliveryId", int)
ContactId = NewType("ContactId", int)
AddressId = NewType("AddressId", int)
#: A text's row, in one of its revisions.
ContentId = NewType("ContentId", int)
