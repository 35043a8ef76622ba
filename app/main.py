"""The app's router: `streamlit run app/main.py`, or `joinedup app`.

Which database it asks comes from the environment (see `app.settings`), and who may ask from there
and from Streamlit's secrets (see `app.people.roles`). The pages stand in `app.screens.parts.frame`.
"""

from app.screens.parts import address, frame, shelf, signing, tour
from app.screens.parts.frame import current, layout, navigation

layout()
who = signing.visit()
every, running = navigation(hidden=not who.enters)
if who.enters:
    signing.follow(who, every)
    shelf.offer(current(running))
    signing.aside(who)
    tour.banner(current(running))
    running.run()
    frame.keep_typed()
    address.tell()
else:
    signing.entrance(who, running)
