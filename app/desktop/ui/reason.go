package ui

import "errors"

// Reason is an error's innermost words, which a person can act on: what was being done is for the developer.
func Reason(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
