package publish

// What tests of the package's files need.
var (
	ReadManifest  = readManifest
	WriteManifest = writeManifest
)
