// Package ui is the window's look and its parts: the theme, the text styles and the widgets that pages are
// built from.
//
// It promises that every part reads its colours and sizes from the theme each time it is drawn, so that light,
// dark and text sizes from 100 to 200 % need nothing from a page; that whatever can be pressed can be reached
// with Tab, shows a focus ring and answers to Space and Enter; and that nothing is said by colour alone.
//
// It leaves out all meaning: it knows neither scenario nor session, only the words and numbers it is given.
package ui
