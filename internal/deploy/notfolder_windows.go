package deploy

// isNotFolder: Windows calls that a path which is not found.
func isNotFolder(error) bool { return false }
