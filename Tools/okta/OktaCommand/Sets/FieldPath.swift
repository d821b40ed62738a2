package import OktaRuntime

/// A field of a row, such as `profile.login`, or a column of a file.
package struct FieldPath: Sendable, Hashable {
    /// The path as given.
    package let text: String

    package init(_ text: String) { self.text = text }

    /// Returns the field's value; nil if the row does not have it.
    package func value(in row: JSON) -> JSON? {
        // The name of a column may contain dots.
        if let member = row[text] { return member }
        var current = row
        for name in text.split(separator: ".") {
            guard let next = current[String(name)] ?? Int(name).flatMap({ current[$0] }) else { return nil }
            current = next
        }
        return current
    }

    /// Returns the value as the text of a parameter; nil for null, objects and missing fields. A list is joined by
    /// commas.
    package static func text(of value: JSON?) -> String? {
        guard let value else { return nil }
        if let elements = value.elements {
            let texts = elements.compactMap { text(of: $0) }
            return texts.count == elements.count ? texts.joined(separator: ",") : nil
        }
        return value.string ?? value.numberText ?? value.bool.map { $0 ? "true" : "false" }
    }
}
