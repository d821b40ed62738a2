import YAML

/// Common parts of several kinds of entries: types, limits, and pinned facts.
extension MappingReader {
    mutating func type(_ key: String) -> TypeExpression? {
        self[key].flatMap { type(in: $0, as: "`\(key)`") }
    }

    mutating func type(in value: YAMLNode, as what: @autoclosure () -> String) -> TypeExpression? {
        switch value.content {
        case .scalar:
            guard let text = string(in: value, as: what()) else { return nil }
            if let builtin = BuiltinType(rawValue: text.value) { return .builtin(builtin) }
            return .named(text)
        case .sequence(let elements):
            guard elements.count == 1, let element = elements.first else {
                reportType(value, what(), expected: "a list type with one element, such as `[User]`")
                return nil
            }
            return type(in: element, as: what()).map { .array($0) }
        case .mapping:
            guard value.entries?.count == 1, let mapped = value["map"] else {
                reportType(value, what(), expected: "a type such as `string`, `[User]` or `{map: string}`")
                return nil
            }
            return type(in: mapped, as: what()).map { .map($0) }
        }
    }

    /// Whether Okta's document no longer has the element, so that only its sentences are used.
    var isRemoved: Bool {
        mutating get { boolean(EntryKeys.removed) ?? false }
    }

    /// Returns the pinned facts, which override Okta's document.
    mutating func pinned(among keys: EntryKeys) -> Set<String> {
        let names = strings("pinned")
        guard !names.isEmpty else { return [] }
        let known = keys.order.filter { keys.facts.contains($0) }
        for name in names where !known.contains(name.value) {
            let nearest = NearestName(candidates: known).nearest(to: name.value)
            report(
                Diagnostic(
                    rule: "unknown-value", "`\(name.value)` is not a fact that can be pinned", at: name.location,
                    hint: nearest.map { "did you mean `\($0)`?" } ?? "write some of \(known.joined(separator: ", "))"))
        }
        return Set(names.map(\.value))
    }

    mutating func constraints() -> Constraints {
        Constraints(
            minimum: numberText("minimum"), maximum: numberText("maximum"), minimumLength: integer("minLength"),
            maximumLength: integer("maxLength"), pattern: string("pattern")?.value, defaultValue: scalarText("default"))
    }
}
