#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import OktaRuntime

/// The stored position in a stream of events.
package struct LogPosition: Sendable {
    /// The stream: org, filter and keywords.
    package var stream: String
    /// The start of the first run, which counts until there is a position.
    package var since: Date
    /// The position to continue from; nil before the first batch.
    package var tail: TailPosition?

    package init(stream: String, since: Date, tail: TailPosition? = nil) {
        self.stream = stream
        self.since = since
        self.tail = tail
    }

    /// Returns the text to store.
    package func text(_ more: [(String, JSON)] = []) throws(CommandFailure) -> String {
        do {
            var members: [(String, JSON)] = [
                ("stream", JSON(stream)), ("since", JSON(since.timeIntervalSince1970)),
            ]
            members += more
            if let tail { members.append(("position", try JSON(parsing: Array(JSONEncoder().encode(tail))))) }
            return JSON(members: members).text + "\n"
        } catch {
            throw CommandFailure(.refused, "the position cannot be written as text: \(error)")
        }
    }

    /// Parses a stored text.
    ///
    /// - Parameter name: The file or table of the text, for errors.
    package init(text: String, in name: String) throws(CommandFailure) {
        do {
            let json = try JSON(parsing: text)
            guard let stream = json[string: "stream"], let since = json[double: "since"] else {
                throw JSONShapeError()
            }
            self.init(stream: stream, since: Date(timeIntervalSince1970: since))
            if let position = json["position"] {
                tail = try JSONDecoder().decode(TailPosition.self, from: Data(position.bytes))
            }
        } catch {
            throw .usage("\(name) contains no position of a log", advice: "Name another file, or remove this one.")
        }
    }

    /// Throws unless the position belongs to a stream.
    package func check(stream other: String, in name: String) throws(CommandFailure) {
        guard stream == other else {
            throw .usage(
                "\(name) belongs to another org, filter or search: \(stream)",
                advice: "Use the same options as before, or name another place for these.")
        }
    }
}

private struct JSONShapeError: Error {}
