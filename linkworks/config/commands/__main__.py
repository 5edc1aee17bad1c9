"""`python -m linkworks.config.commands`, as the supervisor starts its children."""

import sys

from linkworks.config.commands import main

sys.exit(main())
