import Synchronization

/// The path of a file, as a number that stands for it while the program runs.
///
/// A tree has a location per value, which is copied with it. A number is copied faster than a text, whose owners are counted.
struct SourcePath: Hashable, Sendable {
    private let number: Int32

    private struct Known {
        var texts: [String] = []
        var numbers: [ExactText: Int32] = [:]
    }

    private static let known = Mutex(Known())

    init(_ text: String) {
        number = Self.known.withLock { known in
            if let number = known.numbers[text: text] { return number }
            let number = Int32(clamping: known.texts.count)
            known.texts.append(text)
            known.numbers[text: text] = number
            return number
        }
    }

    var text: String { Self.known.withLock { $0.texts[Int(number)] } }
}
