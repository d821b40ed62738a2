import YAML

/// Walks the JSON of one body along its type in the catalog, without building a tree.
struct TrafficWalk {
    /// A step on the path to a value.
    private enum Step {
        /// A member, whose key is at an offset.
        case member(Int)
        case element
        /// A member of a map, whose keys are an org's data.
        case value
    }

    private let types: TrafficTypes
    private var cursor: JSONCursor
    private let start: UnsafePointer<UInt8>
    private let count: Int
    private let known: TrafficFindings
    private let operation: String
    private let location: SourceLocation
    private let scratch: ByteBuffer
    private var way: [Step] = []
    /// The findings for the part of the body that was read.
    private(set) var findings: [TrafficFindings.Key: TrafficFindings.Finding] = [:]

    /// Prepares the walk of a body.
    ///
    /// - Parameters:
    ///   - known: Earlier findings, for which no example is needed.
    ///   - operation: The operation, for examples.
    ///   - location: The exchange.
    init(
        _ body: ByteBuffer, types: TrafficTypes, known: TrafficFindings, operation: String, location: SourceLocation,
        scratch: ByteBuffer
    ) {
        self.types = types
        (start, count) = (UnsafePointer(body.start), body.count)
        cursor = JSONCursor(start: start, count: count)
        (self.known, self.operation, self.location, self.scratch) = (known, operation, location, scratch)
    }

    /// Walks the body. A fault means that it is not JSON, and invalidates the findings.
    mutating func run(as use: TypeUse, subject: String) throws(JSONCursor.Fault) {
        try visit(use.shape, use.isNullable, TrafficSubject(base: subject))
        guard cursor.peek() == nil else { throw .malformed }
    }

    private mutating func visit(_ shape: Int, _ isNullable: Bool, _ subject: TrafficSubject) throws(JSONCursor.Fault) {
        guard way.count <= JSONCursor.maximumDepth else { throw .tooDeep }
        let type = types.type(shape)
        let start = cursor.position
        let kind = cursor.peekKind()
        switch (kind, type.shape.kind) {
        case (_, .any), (_, .bytes), (_, .certificate), (_, .file): try cursor.skipValue()
        case (.null, _):
            try cursor.readLiteral("null")
            if !isNullable { report(TrafficRules.unexpectedNull, subject) }
        case (.string, .enumeration):
            let text = try cursor.readString(scratch)
            guard type.values.index(of: text) == nil else { return }
            report(
                TrafficRules.unknownValue, type.shape.name.map { TrafficSubject(base: $0) } ?? subject,
                [.init("form", ValueForm.of(text))])
        case (.string, .dateTime):
            // The check covers only the format of a date, not whether the day exists.
            guard try !ValueForm.isDate(cursor.readString(scratch)) else { return }
            mismatch("string", type, subject)
        case (.string, .string), (.string, .uri), (.string, .duration),
            (.string, .base64):
            try cursor.skipString()
        case (.boolean, .boolean), (.number, .number): try cursor.skipValue()
        case (.number, .integer):
            if try cursor.readNumber().integer == nil { mismatch("number", type, subject) }
        case (.list, .array):
            guard let element = type.shape.element else { return try cursor.skipValue() }
            _ = try cursor.enterList()
            var isFirst = true
            way.append(.element)
            while try cursor.nextElement(&isFirst) { try visit(element.shape, element.isNullable, subject.element) }
            way.removeLast()
        case (.object, .map):
            guard let element = type.shape.element else { return try cursor.skipValue() }
            _ = try cursor.enterObject()
            var isFirst = true
            way.append(.value)
            while try cursor.nextKey(&isFirst, scratch) != nil {
                try visit(element.shape, element.isNullable, subject.element)
            }
            way.removeLast()
        case (.object, .object): try visitMembers(of: type)
        default:
            try cursor.skipValue()
            mismatch(name(of: kind, from: start), type, subject)
        }
    }

    private mutating func visitMembers(of type: TrafficTypes.TypePlan) throws(JSONCursor.Fault) {
        let form = try form(of: type)
        var isFirst = true
        _ = try cursor.enterObject()
        while true {
            let position = cursor.position
            guard let key = try cursor.nextKey(&isFirst, scratch) else { return }
            if let member = form.member(key) {
                way.append(.member(position))
                try visit(member.shape, member.isNullable, TrafficSubject(base: member.subject))
                way.removeLast()
            } else if form.isOpen {
                try cursor.skipValue()
            } else {
                let subject = "\(form.owner).\(ValueForm.ofKey(key))"
                let (kind, start) = (cursor.peekKind(), cursor.position)
                try cursor.skipValue()
                way.append(.member(position))
                report(
                    TrafficRules.unknownField, TrafficSubject(base: subject),
                    [.init("found", name(of: kind, from: start))])
                way.removeLast()
            }
        }
    }

    /// Returns the members that an object may have: those of the variant for its discriminator, or of the type with all
    /// its variants.
    private mutating func form(of type: TrafficTypes.TypePlan) throws(JSONCursor.Fault) -> TrafficTypes.FormPlan {
        guard !type.shape.variants.isEmpty else { return types.plain(type) }
        guard let discriminator = type.shape.discriminator else { return types.whole(type) }
        let start = cursor.position
        defer { cursor.rewind(to: start) }
        var isFirst = true
        _ = try cursor.enterObject()
        while let key = try cursor.nextKey(&isFirst, scratch) {
            guard key.elementsEqual(type.discriminator) else {
                try cursor.skipValue()
                continue
            }
            guard cursor.peekKind() == .string else { break }
            let value = try cursor.readString(scratch)
            if let index = type.variantKeys.index(of: value) { return types.variant(index, of: type) }
            report(
                TrafficRules.unknownValue, TrafficSubject(base: "\(type.shape.name ?? "").\(discriminator)"),
                [.init("form", ValueForm.of(value))])
            break
        }
        return types.plain(type)
    }

    // MARK: Findings

    private mutating func mismatch(_ found: String, _ type: TrafficTypes.TypePlan, _ subject: TrafficSubject) {
        report(TrafficRules.unexpectedType, subject, [.init("found", found), .init("expected", type.name)])
    }

    private mutating func report(_ rule: DriftRule, _ subject: TrafficSubject, _ arguments: [Change.Argument] = []) {
        let key = TrafficFindings.Key(rule: rule, subject: subject, arguments: arguments)
        if let known = findings.index(forKey: key) {
            findings.values[known].count += 1
            return
        }
        let example = known.has(key) ? "" : "\(operation) -> \(path)"
        findings[key] = .init(count: 1, example: example, location: location)
    }

    /// Returns the name of a kind of value; for a number, the text at an offset decides whether it is an integer.
    private func name(of kind: JSONKind, from offset: Int) -> String {
        switch kind {
        case .object: "object"
        case .list: "list"
        case .string: "string"
        case .boolean: "boolean"
        case .null, .none: "null"
        case .number: isInteger(at: offset) ? "integer" : "number"
        }
    }

    private func isInteger(at offset: Int) -> Bool {
        var cursor = JSONCursor(start: start + offset, count: count - offset)
        return cursor.peek() != nil && (try? cursor.readNumber())?.integer != nil
    }

    /// The path in the body with list positions erased, truncated if it is deep.
    private var path: String {
        var path = ""
        for step in way.prefix(Self.maximumSteps) {
            switch step {
            case .element: path += "[]"
            case .value: path += ".{}"
            case .member(let offset): path += (path.isEmpty ? "" : ".") + key(at: offset)
            }
        }
        if way.count > Self.maximumSteps { path += "…" }
        return path.isEmpty ? "." : path
    }

    private static let maximumSteps = 32

    /// Returns the key of the member at an offset, in a form that may be shown.
    private func key(at offset: Int) -> String {
        var cursor = JSONCursor(start: start + offset, count: count - offset)
        // A comma may precede it.
        var isFirst = cursor.peek() != UInt8(ascii: ",")
        let scratch = ByteBuffer(limit: 64)
        // The key may be stored in it.
        return withExtendedLifetime(scratch) {
            guard let key = try? cursor.nextKey(&isFirst, scratch) else { return "" }
            return ValueForm.ofKey(key)
        }
    }
}
