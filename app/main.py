"""The app's router: `streamlit run app/main.py`, or `joinedup app`.

Which database it asks comes from the environment (see `app.settings`); its pages stand in
`app.screen.pages`.
"""

from app.screen import viewing
from app.screen.layout import layout
from app.screen.pages import current, navigation

layout()
running = navigation()
viewing.offer(current(running))
running.run()
