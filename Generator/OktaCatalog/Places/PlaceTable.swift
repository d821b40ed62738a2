/// What may stand where, and how it then travels: the one table that validation and the emitter ask.
///
/// | Type | `path`, `query`, `header` | `body` | `returns` | `otherReturns` | `alternatives` | field, element, map |
/// |---|---|---|---|---|---|---|
/// | scalar, enumeration | text | JSON | JSON | JSON | | JSON |
/// | `json`, model, union | | JSON | JSON | JSON | | JSON |
/// | `[scalar]`, `[enumeration]` | texts with commas | JSON | JSON | JSON | | JSON |
/// | other lists, maps | | JSON | JSON | JSON | | JSON |
/// | `bytes` | | bytes | bytes | | bytes | |
/// | `certificate` | | certificate | | | | |
/// | `file` | | multipart form | | | | |
///
/// A list or map may stand where JSON may, when its elements may stand in it. What comes in pages is a list.
package struct PlaceTable: Sendable {
    private let models: Set<String>

    /// Creates the table of a catalog, whose models are no text while its enumerations are.
    package init(catalog: Catalog) {
        models = Set(catalog.modelFiles.flatMap(\.models).map(\.name.value))
    }

    /// How a type travels at a place; nil where it can not stand there.
    package func form(of type: TypeExpression, at place: TypePlace) -> TravelForm? {
        switch place {
        case .path, .query, .header:
            if case .array(let element) = type { return isText(element) ? .texts : nil }
            return isText(type) ? .text : nil
        case .body:
            switch type {
            case .builtin(.bytes): return .bytes
            case .builtin(.certificate): return .certificate
            case .builtin(.file): return .file
            default: return isJSON(type) ? .json : nil
            }
        case .result: return type == .builtin(.bytes) ? .bytes : isJSON(type) ? .json : nil
        case .pagedResult: return type.isArray && isJSON(type) ? .json : nil
        case .alternative: return type == .builtin(.bytes) ? .bytes : nil
        case .otherResult, .field, .element, .value: return isJSON(type) ? .json : nil
        }
    }

    /// The innermost type that is in the way of a type at a place, with its own place; nil where nothing is.
    package func obstacle(in type: TypeExpression, at place: TypePlace) -> (type: TypeExpression, place: TypePlace)? {
        guard form(of: type, at: place) == nil else { return nil }
        switch (place, type) {
        case (.path, _), (.query, _), (.header, _), (.alternative, _): return (type, place)
        case (_, .array(let element)): return obstacle(in: element, at: .element) ?? (type, place)
        case (_, .map(let value)): return obstacle(in: value, at: .value) ?? (type, place)
        default: return (type, place)
        }
    }

    /// Whether a type has a text; one that the catalog does not declare is reported elsewhere.
    private func isText(_ type: TypeExpression) -> Bool {
        switch type {
        case .builtin(let builtin): builtin != .json && !builtin.isBodyOnly
        case .named(let name): !models.contains(name.value)
        case .array, .map: false
        }
    }

    private func isJSON(_ type: TypeExpression) -> Bool {
        var type = type
        while true {
            switch type {
            case .builtin(let builtin): return !builtin.isBodyOnly
            case .named: return true
            case .array(let inner), .map(let inner): type = inner
            }
        }
    }
}
