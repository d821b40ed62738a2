import YAML

/// Descriptions and examples, with their distance: 0 for those stated directly.
///
/// Hashes are valid in one process: they are compared and never written.
struct DescriptionDigests: Sendable {
    /// The descriptions of one key.
    struct Entry: Sendable, Hashable {
        var key: String
        var hash: Int
        /// The number of nearer descriptions of the key, or of references to the description.
        var level: Int
        var location: SourceLocation?

        static func == (left: Entry, right: Entry) -> Bool {
            left.hash == right.hash && left.level == right.level && left.key == right.key
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(key)
            hasher.combine(hash)
        }
    }

    private(set) var entries: [Entry] = []

    init() {}

    init(hash: Int) {
        entries = [Entry(key: "", hash: hash, level: 0, location: nil)]
    }

    mutating func add(_ key: String, _ hash: Int, level: Int = 0, at location: SourceLocation? = nil) {
        entries.append(Entry(key: key, hash: hash, level: level, location: location))
    }

    mutating func add(contentsOf other: DescriptionDigests) { entries += other.entries }

    /// Adds descriptions of a referenced object. Those of a key that already has descriptions are more distant.
    mutating func add(behind other: DescriptionDigests) {
        guard !entries.isEmpty else {
            entries = other.entries
            return
        }
        let levels = Dictionary(entries.map { ($0.key, $0.level + 1) }, uniquingKeysWith: max)
        for var entry in other.entries {
            entry.level += levels[entry.key] ?? 0
            entries.append(entry)
        }
    }

    /// Returns whether two places have the same descriptions.
    ///
    /// A schema may be referenced, inlined, or inlined with other descriptions. The descriptions therefore count as the
    /// same if the direct ones are equal, or the nearest ones of each key, or all of them together.
    func hasSameText(as other: DescriptionDigests) -> Bool {
        if entries == other.entries { return true }
        return [DescriptionDigests.near, DescriptionDigests.nearest, DescriptionDigests.all].contains {
            $0(self) == $0(other)
        }
    }

    /// Returns the descriptions that the other lacks.
    func difference(from other: DescriptionDigests) -> Entry? {
        let known = DescriptionDigests.all(other)
        return entries.first { !(known[$0.key]?.contains($0.hash) ?? false) }
    }

    private static func near(_ words: DescriptionDigests) -> [String: Set<Int>] {
        grouped(words.entries.filter { $0.level == 0 })
    }

    private static func nearest(_ words: DescriptionDigests) -> [String: Set<Int>] {
        let levels = Dictionary(words.entries.map { ($0.key, $0.level) }, uniquingKeysWith: min)
        return grouped(words.entries.filter { $0.level == levels[$0.key] })
    }

    private static func all(_ words: DescriptionDigests) -> [String: Set<Int>] { grouped(words.entries) }

    private static func grouped(_ entries: [Entry]) -> [String: Set<Int>] {
        entries.reduce(into: [:]) { $0[$1.key, default: []].insert($1.hash) }
    }
}
