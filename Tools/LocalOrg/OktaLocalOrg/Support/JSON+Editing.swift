import OktaRuntime

/// Edits that many resources share.
extension JSON {
    /// The value at a path of names, such as `conditions.people.users`; nil if there is none.
    subscript(path names: String) -> JSON? {
        get {
            var value: JSON? = self
            for name in names.split(separator: ".") { value = value?[String(name)] }
            return value
        }
        set {
            let names = names.split(separator: ".").map(String.init)
            set(newValue, at: names[...])
        }
    }

    private mutating func set(_ value: JSON?, at path: ArraySlice<String>) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            self[name] = value
            return
        }
        guard var inner = self[name]?.kind == .object ? self[name] : value.map({ _ in .emptyObject }) else { return }
        inner.set(value, at: path.dropFirst())
        self[name] = inner
    }

    /// Adds missing members from `defaults`, recursively in nested objects.
    mutating func fill(from defaults: JSON) {
        for (name, value) in defaults.members ?? [] {
            guard let present = self[name] else {
                self[name] = value
                continue
            }
            if present.kind == .object, value.kind == .object, value.count > 0 {
                var inner = present
                inner.fill(from: value)
                self[name] = inner
            }
        }
    }

    /// Overwrites members with those of `changes`, recursively in nested objects, as a partial update does.
    mutating func merge(_ changes: JSON) {
        for (name, value) in changes.members ?? [] {
            if let present = self[name], present.kind == .object, value.kind == .object {
                var inner = present
                inner.merge(value)
                self[name] = inner
            } else {
                self[name] = value
            }
        }
    }

    /// Removes members at paths such as `channel.config.authScheme.value`.
    mutating func remove(_ paths: [String]) {
        for path in paths where self[path: path] != nil { self[path: path] = nil as JSON? }
    }

    /// Replaces empty texts at paths by null, as Okta does for many members.
    mutating func nullEmptyTexts(_ paths: [String]) {
        for path in paths where self[path: path]?.string == "" { self[path: path] = .some(.null) }
    }

    /// Returns the text at a path.
    func text(_ path: String) -> String? { self[path: path]?.string }
}

/// JSON text with placeholders, such as `{"href":"<org>/api/v1/zones/<id>"}`.
///
/// Defaults and links of resources are written as text, so that they can be compared with what the API sends.
struct JSONTemplate: Sendable, ExpressibleByStringLiteral {
    private var pieces: [(literal: String, name: String?)] = []
    /// The value, if there are no placeholders.
    private var constant: JSON?

    init(stringLiteral text: String) { self.init(text) }

    init(_ text: String) {
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            pieces.append((String(rest[..<open]), String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        pieces.append((String(rest), nil))
        if pieces.count == 1 { constant = try? JSON(parsing: text) }
    }

    /// The names of the placeholders.
    var names: [String] { pieces.compactMap(\.name) }

    /// Returns the value with its placeholders filled; an empty object if the text is not JSON, which a test excludes.
    func filled(_ value: (String) -> String = { _ in "" }) -> JSON {
        if let constant { return constant }
        var bytes: [UInt8] = []
        for (literal, name) in pieces {
            bytes.append(contentsOf: literal.utf8)
            guard let name else { continue }
            // The quotes are part of the template.
            bytes.append(contentsOf: JSON(value(name)).bytes.dropFirst().dropLast())
        }
        return (try? JSON(parsing: bytes)) ?? .emptyObject
    }
}
