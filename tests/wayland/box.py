"""All that one test has for itself, as in driver.box, in a Wayland session."""

from compositor import Compositor, WaylandClipboard
from driver.box import Box


class WaylandBox(Box):
    def _screen(self):
        screen = Compositor(self.folder)
        return screen, WaylandClipboard(screen)
