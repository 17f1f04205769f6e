"""`python -m veedor.audit FILE|DIR [--policy FILE]`."""

import sys

from veedor.audit.main import main

sys.exit(main())
