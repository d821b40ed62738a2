import Foundation

/// Writes messages to standard error. They are lost if it is closed.
enum StandardError {
    /// Writes a text unchanged.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Prints a warning that does not end the run.
    static func warn(_ message: String) { write("warning: \(message)\n") }
}
