import Foundation

/// Messages beside the output of a run. If standard error is closed, they are lost.
enum StandardError {
    /// Writes a text as it is.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Prints a warning that does not end the run.
    static func warn(_ message: String) { write("warning: \(message)\n") }
}
