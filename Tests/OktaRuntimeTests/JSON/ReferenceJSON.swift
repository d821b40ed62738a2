import OktaRuntime

/// A simple reference implementation of `JSON`.
indirect enum ReferenceJSON: Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([ReferenceJSON])
    case object([(key: String, value: ReferenceJSON)])

    /// Whether all values read from `json` equal this value, including the order and repeated names.
    func matches(_ json: JSON) -> Bool {
        switch self {
        case .null:
            return json.kind == .null && json.string == nil && json.elements == nil
        case .boolean(let value):
            return json.kind == .boolean && json.bool == value
        case .number(let text):
            return json.kind == .number && json.numberText == text
        case .string(let text):
            guard json.kind == .string, let string = json.string else { return false }
            return Self.same(string, text)
        case .array(let elements):
            guard json.kind == .array, let found = json.elements, found.count == elements.count else { return false }
            return json.count == elements.count && json[elements.count] == nil
                && elements.indices.allSatisfy { index in
                    elements[index].matches(found[index])
                        && json[index].map { elements[index].matches($0) } ?? false
                }
        case .object(let members):
            guard json.kind == .object, let found = json.members, found.count == members.count else { return false }
            return json.count == members.count
                && zip(members, found).allSatisfy { Self.same($0.key, $1.key) && $0.value.matches($1.value) }
                && members.allSatisfy { member in
                    guard let value = json[member.key], let last = self[member.key] else { return false }
                    return last.matches(value)
                }
        }
    }

    /// Returns the last member with this name.
    subscript(key: String) -> ReferenceJSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { Self.same($0.key, key) }?.value
    }

    /// Replaces the value at a path whose containers exist; nil removes it. An index beyond the end of an array has no
    /// effect.
    mutating func edit(_ path: ArraySlice<JSON.Path.Step>, _ value: ReferenceJSON?) {
        guard let step = path.first else { return }
        let rest = path.dropFirst()
        switch (step, self) {
        case (.index(let index), .array(var elements)):
            guard elements.indices.contains(index) else { return }
            if !rest.isEmpty {
                elements[index].edit(rest, value)
            } else if let value {
                elements[index] = value
            } else {
                elements.remove(at: index)
            }
            self = .array(elements)
        case (.key(let key), .object(var members)):
            var edited = value
            if !rest.isEmpty {
                edited = self[key]
                edited?.edit(rest, value)
            }
            let last = members.lastIndex { Self.same($0.key, key) }
            if let edited, let last {
                members[last].value = edited
            } else if let edited {
                members.append((key, edited))
            }
            let kept = edited == nil ? nil : last ?? members.count - 1
            let indices = members.indices.filter { $0 == kept || !Self.same(members[$0].key, key) }
            self = .object(indices.map { members[$0] })
        default:
            return
        }
    }

    /// The value, created by the public initializers. Numbers are created from their text.
    func built() throws -> JSON {
        switch self {
        case .null: .null
        case .boolean(let value): JSON(value)
        case .number(let text): try JSON(parsing: text)
        case .string(let text): JSON(text)
        case .array(let elements): JSON(try elements.map { try $0.built() })
        case .object(let members): JSON(members: try members.map { ($0.key, try $0.value.built()) })
        }
    }

    /// Compares Unicode scalars, because `==` would also equate different encodings of an accented letter.
    static func same(_ left: String, _ right: String) -> Bool {
        left.unicodeScalars.elementsEqual(right.unicodeScalars)
    }
}
