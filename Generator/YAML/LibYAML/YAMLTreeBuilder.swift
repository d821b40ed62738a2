import CLibYAML

/// Builds a tree from libyaml's events with an explicit stack, so that no input can overflow the call stack.
struct YAMLTreeBuilder {
    private(set) var root: YAMLNode?
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var isFinished = false

    private let path: SourcePath
    private let limits: YAMLLimits
    private let separators: LineSeparators
    private var stack: [OpenCollection] = []
    private var nodeCount = 0
    private var documentCount = 0
    private var anchored = AnchoredValues()

    init(file: SourceFile, limits: YAMLLimits, separators: LineSeparators) {
        path = SourcePath(file.path)
        self.limits = limits
        self.separators = separators
    }

    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    mutating func report(
        rule: String, _ message: String, at start: SourceMark, end: SourceMark? = nil, hint: String? = nil
    ) {
        report(Diagnostic(rule: rule, message, at: location(start, end ?? start), hint: hint))
    }

    mutating func consume(_ event: yaml_event_t) {
        let start = SourceMark(event.start_mark)
        let end = SourceMark(event.end_mark)
        switch event.type {
        case YAML_STREAM_END_EVENT:
            isFinished = true
        case YAML_DOCUMENT_START_EVENT:
            documentCount += 1
            if documentCount > 1 {
                report(
                    rule: "yaml-multiple-documents", "a second document starts here", at: start, end: end,
                    hint: "keep one document per file")
                isFinished = true
            }
        case YAML_ALIAS_EVENT:
            addAlias(of: Self.text(event.data.alias.anchor) ?? "", start, end)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let anchor = anchor(scalar.anchor, tag: scalar.tag, start, end)
            let text = scalar.value.map {
                separators.restored(
                    String(decoding: UnsafeBufferPointer(start: $0, count: scalar.length), as: UTF8.self))
            }
            let node = YAMLNode(.scalar(text ?? "", YAMLNode.ScalarStyle(scalar.style)), at: location(start, end))
            anchored.note(node, .scalar, as: anchor)
            add(node, .scalar)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            let anchor = anchor(sequence.anchor, tag: sequence.tag, start, end)
            open(isMapping: false, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE, at: start, anchor)
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            let anchor = anchor(mapping.anchor, tag: mapping.tag, start, end)
            open(isMapping: true, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE, at: start, anchor)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            close(at: end)
        default:
            break
        }
    }

    private func location(_ start: SourceMark, _ end: SourceMark) -> SourceLocation {
        SourceLocation(in: path, start: start, end: end)
    }

    /// Returns the name of a value's anchor if anchors are allowed. Reports an anchor otherwise, and any tag.
    private mutating func anchor(
        _ anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, _ start: SourceMark,
        _ end: SourceMark
    ) -> String? {
        if anchor != nil, limits.aliased == nil {
            report(
                rule: "yaml-anchor", "anchors are not part of this format", at: start, end: end,
                hint: "write the value in full at each position")
        }
        if tag != nil {
            report(
                rule: "yaml-tag", "tags are not part of this format", at: start, end: end,
                hint: limits.aliased == nil
                    ? "remove the tag; the position decides the type"
                    : "write the document without tags, for example as JSON")
        }
        return limits.aliased == nil ? nil : Self.text(anchor)
    }

    private static func text(_ name: UnsafeMutablePointer<UInt8>?) -> String? { name.map { String(cString: $0) } }

    /// Adds the value that an alias refers to, with the location of the alias.
    private mutating func addAlias(of name: String, _ start: SourceMark, _ end: SourceMark) {
        let place = location(start, end)
        let nothing = YAMLNode(.scalar("", .quoted), at: place)
        guard let limit = limits.aliased else {
            report(
                rule: "yaml-alias", "aliases are not part of this format", at: start, end: end,
                hint: "write the value in full")
            return add(nothing, .scalar)
        }
        guard let value = anchored.value(of: name) else {
            let isOpen = stack.contains { $0.anchor == name }
            report(
                rule: "yaml-alias",
                isOpen
                    ? "the alias `\(name)` is inside its own value"
                    : "the alias `\(name)` has no anchor before it",
                at: start, end: end, hint: "write the value in full, or refer to it with `$ref`")
            return add(nothing, .scalar)
        }
        guard anchored.aliasedNodes <= limit else {
            report(
                rule: "yaml-size", "the aliases up to here expand to more than \(limit) values", at: start, end: end,
                hint: "use `$ref` instead of aliases")
            isFinished = true
            return
        }
        guard stack.count + value.extent.levels <= limits.depth else { return reportDepth(at: start) }
        var node = value.node
        node.location = place
        add(node, value.extent)
    }

    private mutating func reportDepth(at start: SourceMark) {
        report(
            rule: "yaml-depth", "more than \(limits.depth) levels of nesting", at: start,
            hint: "close a bracket, or flatten the value")
        isFinished = true
    }

    private mutating func open(isMapping: Bool, isFlow: Bool, at start: SourceMark, _ anchor: String?) {
        guard stack.count < limits.depth else { return reportDepth(at: start) }
        stack.append(OpenCollection(isMapping: isMapping, isFlow: isFlow, start: start, anchor: anchor))
    }

    private mutating func close(at end: SourceMark) {
        guard let collection = stack.popLast() else { return }
        let node = YAMLNode(collection.content, at: location(collection.start, end), isFlow: collection.isFlow)
        anchored.note(node, collection.extent, as: collection.anchor)
        add(node, collection.extent)
    }

    private mutating func add(_ node: YAMLNode, _ extent: AnchoredValues.Extent) {
        nodeCount += 1
        if nodeCount > limits.nodes {
            report(
                rule: "yaml-size", "more than \(limits.nodes) values", at: node.location.start, hint: "split the file")
            isFinished = true
            return
        }
        guard !stack.isEmpty else {
            root = node
            return
        }
        let top = stack.count - 1
        stack[top].extent.add(extent)
        guard stack[top].isMapping else {
            stack[top].elements.append(node)
            return
        }
        guard let key = stack[top].pendingKey else {
            stack[top].pendingKey = node
            return
        }
        stack[top].pendingKey = nil
        guard let name = key.scalar else {
            report(
                Diagnostic(
                    rule: "yaml-complex-key", "a key must be text", at: key.location, hint: "use a plain or quoted key")
            )
            return
        }
        if name == "<<", case .scalar(_, .plain) = key.content {
            report(
                Diagnostic(
                    rule: "yaml-merge-key", "merge keys are not part of this format", at: key.location,
                    hint: limits.aliased == nil
                        ? "write the merged keys in full"
                        : "write the document without merge keys, for example as JSON"))
            return
        }
        if let first = openKey(name) {
            report(
                Diagnostic(
                    rule: "yaml-duplicate-key", "the key `\(name)` occurs twice in this mapping", at: key.location,
                    hint: "remove one of them", notes: [.init("the first `\(name)` is", at: first.location)]))
            return
        }
        stack[top].append(YAMLEntry(key: key, value: node))
    }

    /// Returns a key of the innermost mapping if it exists. The search is in place, because a copy of the collection
    /// costs more.
    private func openKey(_ name: String) -> YAMLNode? {
        let top = stack.count - 1
        let index =
            stack[top].positions.isEmpty
            ? stack[top].entries.firstIndex(named: name) : stack[top].positions[text: name]
        return index.map { stack[top].entries[$0].key }
    }
}

extension SourceMark {
    init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}

extension YAMLNode.ScalarStyle {
    init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .quoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: self = .block
        default: self = .plain
        }
    }
}
