import Foundation
import Okta

/// A file of events, and a second file with the position from which to continue.
struct EventFile {
    let events: URL
    let stored: URL

    init(path: String) {
        events = URL(fileURLWithPath: path)
        stored = URL(fileURLWithPath: path + ".position")
    }

    /// Returns the position at which the last run stopped; `nil` in the first run.
    func position() throws -> TailPosition? {
        guard FileManager.default.fileExists(atPath: stored.path) else { return nil }
        return try JSONDecoder().decode(TailPosition.self, from: Data(contentsOf: stored))
    }

    /// Writes the events, then the position. If the program stops in between, the next run writes these events again
    /// but loses none.
    func append(_ items: [LogEvent], position: TailPosition) throws {
        if !FileManager.default.fileExists(atPath: events.path) { try Data().write(to: events) }
        let handle = try FileHandle(forWritingTo: events)
        defer { try? handle.close() }
        try handle.seekToEnd()
        // `json` is the event as received, with all fields that the org sends.
        for item in items { try handle.write(contentsOf: Data((item.json.text + "\n").utf8)) }
        try handle.synchronize()
        try JSONEncoder().encode(position).write(to: stored, options: .atomic)
    }
}
