import Synchronization
package import YAML

/// Records the keys of each kind of entry, and the texts, that the decoder reads.
///
/// Tests that must cover all keys of the grammar get the keys from here, so that a new key is covered automatically.
/// Nothing is recorded unless a test sets ``current``.
package final class GrammarRecorder: Sendable {
    /// A key of one kind of entry, such as `since` of a former name.
    package struct Key: Hashable, Sendable, CustomStringConvertible {
        /// The kind of entry, in the words of error messages.
        package var subject: String
        /// The key, or a description of the text, in the words of error messages.
        package var name: String

        package var description: String { "\(name) of \(subject)" }
    }

    /// A text that was read.
    package struct Text: Hashable, Sendable {
        package var key: Key
        package var value: String
        /// The location.
        package var location: SourceLocation
    }

    private struct State {
        var allowed: Set<Key> = []
        var present: Set<Key> = []
        var texts: [Text] = []
        var textKeys: Set<Key> = []
    }

    private let state = Mutex(State())

    /// The recorder of the current decoding, if any.
    @TaskLocal package static var current: GrammarRecorder?

    /// Creates a recorder without records.
    package init() {}

    /// The allowed keys that no entry had.
    package var absentKeys: Set<Key> { state.withLock { $0.allowed.subtracting($0.present) } }
    /// The keys whose values are read as text, including those that no entry had.
    package var textKeys: Set<Key> { state.withLock { $0.textKeys } }
    /// The texts in the order in which they were read.
    package var texts: [Text] { state.withLock { $0.texts } }

    func note(_ subject: String, allows allowed: [String], has present: [String]) {
        state.withLock { state in
            for name in allowed { state.allowed.insert(Key(subject: subject, name: name)) }
            for name in present { state.present.insert(Key(subject: subject, name: name)) }
        }
    }

    func note(_ subject: String, asksForText name: String) {
        state.withLock { _ = $0.textKeys.insert(Key(subject: subject, name: name)) }
    }

    func note(_ subject: String, _ name: String, _ text: String, at location: SourceLocation) {
        state.withLock { state in
            let key = Key(subject: subject, name: name)
            state.textKeys.insert(key)
            state.texts.append(Text(key: key, value: text, location: location))
        }
    }
}
