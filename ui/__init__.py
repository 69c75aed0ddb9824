"""The window. Whoever imports it runs with the automatic collector off: `ui.garbage` collects, on the window's thread."""

import gc

gc.disable()  # from the first import on: a collection would only delay the first paint
