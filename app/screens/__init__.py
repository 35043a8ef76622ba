"""The parts that pages are made of: choosing, asking, showing."""

# Before graph.database.store hides it from the driver while that is imported: a second session
# that opens in the same moment would else meet a half-hidden pandas, and keep it.
import pandas

__all__ = ["pandas"]
