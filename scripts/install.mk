# Installs or removes the packaged app. For one person alone:
#   make install PREFIX="$HOME/.local"
PREFIX ?= /usr/local
ID     := app.hostwise.Hostwise

install:
	install -D -m 755 hostwise "$(DESTDIR)$(PREFIX)/bin/hostwise"
	install -D -m 644 $(ID).desktop "$(DESTDIR)$(PREFIX)/share/applications/$(ID).desktop"
	install -D -m 644 $(ID).png "$(DESTDIR)$(PREFIX)/share/icons/hicolor/512x512/apps/$(ID).png"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/hostwise"
	rm -f "$(DESTDIR)$(PREFIX)/share/applications/$(ID).desktop"
	rm -f "$(DESTDIR)$(PREFIX)/share/icons/hicolor/512x512/apps/$(ID).png"

.PHONY: install uninstall
