// Package desktop is the window: its menu, rail, top bar, status line and keys, and the pages inside.
//
// It promises that closing the window at any moment loses nothing, that every action has a key, and that the
// window opens even where the database cannot: it then says what happened and what to do. It opens the
// database and the catalogue, and hands them to the session; pages know only the session and the shell.
//
// It leaves out the display driver: main hands in the app, so that everything here builds and is tested
// without a display. It works out nothing: what is shown comes from package calc through the session.
package desktop
