/// A value of a YAML document with its location.
///
/// Scalars keep their text, because the meaning of a plain `no` or `010` depends on the reader of the value.
public struct YAMLNode: Sendable, Hashable {
    /// The style of a scalar.
    public enum ScalarStyle: Sendable, Hashable {
        /// Without quotes.
        case plain
        /// In single or double quotes.
        case quoted
        /// A `|` or `>` block.
        case block
    }

    /// The content of a node.
    public enum Content: Sendable, Hashable {
        /// Text.
        case scalar(String, ScalarStyle)
        /// Values in order.
        case sequence([YAMLNode])
        /// Keys and values in the order of the file.
        case mapping([YAMLEntry])
    }

    /// The content of the node.
    public var content: Content
    /// The location of the node.
    public var location: SourceLocation
    /// Whether a collection was written in flow style, `[…]` or `{…}`.
    public var isFlow: Bool

    /// Creates a node.
    public init(_ content: Content, at location: SourceLocation, isFlow: Bool = false) {
        self.content = content
        self.location = location
        self.isFlow = isFlow
    }

    /// The text of a scalar.
    public var scalar: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The values of a sequence.
    public var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The entries of a mapping, in the order of the file.
    public var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value of a key of a mapping.
    ///
    /// Setting a new key appends it, and setting nil removes a key; other nodes are unchanged.
    public subscript(key: String) -> YAMLNode? {
        get { entries.flatMap { entries in entries.firstIndex(named: key).map { entries[$0].value } } }
        set {
            guard var entries else { return }
            let index = entries.firstIndex(named: key)
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?):
                entries.append(YAMLEntry(key: YAMLNode(.scalar(key, .plain), at: value.location), value: value))
            case (nil, nil): return
            }
            content = .mapping(entries)
        }
    }

    /// Whether this is a plain scalar that YAML reads as null: empty, `~` or `null`.
    public var isNull: Bool {
        if case .scalar(let text, .plain) = content { text.isEmpty || text == "~" || text == "null" } else { false }
    }

    /// The kind of node, for error messages.
    public var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a scalar"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key and its value in a mapping.
public struct YAMLEntry: Sendable, Hashable {
    /// The key, always a scalar.
    public var key: YAMLNode
    /// The value.
    public var value: YAMLNode

    /// Creates an entry.
    public init(key: YAMLNode, value: YAMLNode) {
        self.key = key
        self.value = value
    }

    /// The key's text.
    public var name: String { key.scalar ?? "" }
}

extension [YAMLEntry] {
    /// Returns the position of the first entry with a key. The entries are compared in place, by their lengths first,
    /// because most requested keys are absent, and copies of entries cost more than the comparison. Without
    /// optimization, a closure and the iterator of a range take most of the time in which a document is read.
    public func firstIndex(named name: String) -> Int? {
        let length = name.utf8.count
        var index = 0
        while index < count {
            if case .scalar(let key, _) = self[index].key.content, key.utf8.count == length,
                key.hasSameBytes(as: name)
            {
                return index
            }
            index += 1
        }
        return nil
    }
}
