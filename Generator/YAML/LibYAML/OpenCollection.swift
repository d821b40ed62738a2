/// A list or mapping whose end has not been read yet.
struct OpenCollection {
    var isMapping: Bool
    var isFlow: Bool
    var start: SourceMark
    var elements: [YAMLNode] = []
    private(set) var entries: [YAMLEntry] = []
    /// A key whose value has not been read yet.
    var pendingKey: YAMLNode?
    var anchor: String?
    /// The size of what has been read.
    var extent = AnchoredValues.Extent(nodes: 1, levels: 1)
    /// The positions of the keys in `entries`; empty while the mapping is short, which is the common case.
    private(set) var positions: [ExactText: Int] = [:]

    init(isMapping: Bool, isFlow: Bool, start: SourceMark, anchor: String?) {
        (self.isMapping, self.isFlow, self.start, self.anchor) = (isMapping, isFlow, start, anchor)
    }

    /// The value, once the end has been read.
    var content: YAMLNode.Content { isMapping ? .mapping(entries) : .sequence(elements) }

    /// Adds an entry, whose key must be new.
    mutating func append(_ entry: YAMLEntry) {
        entries.append(entry)
        if !positions.isEmpty {
            positions[text: entry.name] = entries.count - 1
        } else if entries.count > Self.maximumLinearCount {
            positions = Dictionary(texts: entries.enumerated().map { ($1.name, $0) })
        }
    }

    /// The number of keys up to which a linear search costs less than a dictionary.
    private static let maximumLinearCount = 8
}
