import OktaRuntime

/// The attributes of a profile: values, and a list of names that users with the same attributes share.
struct UserAttributes: Sendable {
    /// A value. Nearly all values are texts, which need no JSON.
    enum Value: Sendable {
        case null
        case text(String)
        case json(JSON)

        init(_ json: JSON) {
            if let text = json.string {
                // The text is copied, so that it does not keep the request's document in memory.
                self = .text(text)
            } else if json.kind == .null {
                self = .null
            } else {
                self = .json((try? JSON(parsing: json.bytes)) ?? .null)
            }
        }

        var json: JSON {
            switch self {
            case .null: .null
            case .text(let text): JSON(text)
            case .json(let json): json
            }
        }

        func write(into output: inout [UInt8]) {
            switch self {
            case .null: output.append(contentsOf: "null".utf8)
            case .text(let text): QuotedText.write(text, into: &output)
            case .json(let json): json.write(into: &output)
            }
        }
    }

    /// The ordered names with their positions.
    final class Layout: Sendable {
        let names: [String]
        /// The names in quotes with a colon, as they are written in a profile.
        let keys: [[UInt8]]
        private let positions: [String: Int]

        init(_ names: [String]) {
            self.names = names
            positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
            keys = names.map { name in
                var key: [UInt8] = []
                QuotedText.write(name, into: &key)
                key.append(UInt8(ascii: ":"))
                return key
            }
        }

        /// Returns the position of a name.
        func position(of name: String) -> Int? { positions[name] }
    }

    private(set) var layout: Layout
    private(set) var values: [Value]

    init(layout: Layout, values: [Value]) {
        self.layout = layout
        self.values = values
    }

    /// The value of an attribute; nil if the profile has no such name.
    subscript(name: String) -> Value? {
        guard let position = layout.position(of: name) else { return nil }
        return values[position]
    }

    /// Returns the text of an attribute.
    func text(_ name: String) -> String? {
        if case .text(let text)? = self[name] { return text }
        return nil
    }

    func write(into output: inout [UInt8]) {
        var separator = UInt8(ascii: "{")
        for (key, value) in zip(layout.keys, values) {
            output.append(separator)
            output.append(contentsOf: key)
            value.write(into: &output)
            separator = UInt8(ascii: ",")
        }
        if values.isEmpty { output.append(separator) }
        output.append(UInt8(ascii: "}"))
    }

    var json: JSON { JSON(members: zip(layout.names, values).map { ($0, $1.json) }) }
}
