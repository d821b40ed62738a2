/// The allowed types at each position, and their wire format. Validation and the emitter use this table.
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
/// A model in a body is sent as a form instead of JSON if its media type is that of forms.
///
/// A list or map is allowed where JSON is, if its elements are allowed in it. A paged result is a list.
package struct PlaceTable: Sendable {
    private let models: Set<String>

    /// Creates the table for a catalog. Enumerations are scalar text, and models are not.
    package init(catalog: Catalog) {
        models = Set(catalog.modelFiles.flatMap(\.models).map(\.name.value))
    }

    /// Returns the wire format of a type at a position; nil if it is not allowed there.
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

    /// Returns the wire format of a body; nil for a type that is not allowed there.
    package func form(of body: CatalogAction.Body) -> TravelForm? {
        let form = form(of: body.type, at: .body)
        return form == .json && body.isForm ? .form : form
    }

    /// Returns the innermost type that is not allowed, with its position; nil if there is none.
    package func obstacle(in type: TypeExpression, at place: TypePlace) -> (type: TypeExpression, place: TypePlace)? {
        guard form(of: type, at: place) == nil else { return nil }
        switch (place, type) {
        case (.path, _), (.query, _), (.header, _), (.alternative, _): return (type, place)
        case (_, .array(let element)): return obstacle(in: element, at: .element) ?? (type, place)
        case (_, .map(let value)): return obstacle(in: value, at: .value) ?? (type, place)
        default: return (type, place)
        }
    }

    /// Returns whether a type is scalar text; an undeclared one is reported elsewhere.
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
