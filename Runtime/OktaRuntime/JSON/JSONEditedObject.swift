/// An object of a document in which members have been set. The other members remain as received.
///
/// A list of all members would need two allocations per member. This type needs one per changed member, and most edits
/// change few. After ``maximumEdits`` changes, the object becomes a list of its members.
final class JSONEditedObject: Sendable {
    /// A member that has been set.
    struct Edit: Sendable {
        /// The index on the tape of the value that is replaced; 0 for a member that follows the received ones.
        var replaced: Int
        var member: JSONMember
    }

    /// The number of edits beyond which a list of members is as fast.
    private static let maximumEdits = 16

    private let document: JSONDocument
    private let object: Int
    private let edits: [Edit]

    private init(_ document: JSONDocument, _ object: Int, _ edits: [Edit]) {
        self.document = document
        self.object = object
        self.edits = edits
    }

    /// Creates the object at `object` with a member set. Returns `nil` if the value there is not an object or repeats
    /// the name, or if the document has unusual names.
    convenience init?(_ document: JSONDocument, at object: Int, setting key: String, to value: JSON) {
        guard document.tape[object].has(.object),
            let edit = Self.edit(document, object, setting: key, to: value, after: [])
        else { return nil }
        self.init(document, object, [edit])
    }

    /// Returns the object with one more member set; `nil` if a list of members is better.
    func setting(_ key: String, to value: JSON) -> JSONEditedObject? {
        guard let edit = Self.edit(document, object, setting: key, to: value, after: edits) else { return nil }
        var edits = edits
        if let index = edits.firstIndex(where: { $0.isOfSameMember(as: edit) }) {
            edits[index].member.value = value
        } else if edits.count < Self.maximumEdits {
            edits.append(edit)
        } else {
            return nil
        }
        return JSONEditedObject(document, object, edits)
    }

    private static func edit(
        _ document: JSONDocument, _ object: Int, setting key: String, to value: JSON, after edits: [Edit]
    ) -> Edit? {
        var name = key
        return name.withUTF8 { name in
            switch document.onlyMember(name, inObjectAt: object) {
            case .one(let index):
                Edit(replaced: index, member: JSONMember(key: JSON(document, at: index - 1), value: value))
            case .none: Edit(replaced: 0, member: JSONMember(key: JSON(key), value: value))
            case .unclear: nil
            }
        }
    }

    /// Returns the value of the last member with this name.
    func member(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        if let index = document.lookup(key, inObjectAt: object) {
            guard let edit = edits.first(where: { $0.replaced == index }) else { return JSON(document, at: index) }
            return edit.member.value
        }
        return edits.first { $0.replaced == 0 && $0.member.key.isString(key) }?.member.value
    }

    /// All members in order.
    var members: [JSONMember] {
        var members: [JSONMember] = []
        members.reserveCapacity(document.childCount(of: object) / 2 + edits.count)
        document.forEachMember(of: object) { name, value in
            let edit = edits.first { $0.replaced == value }
            members.append(
                edit?.member ?? JSONMember(key: JSON(document, at: name), value: JSON(document, at: value)))
        }
        for edit in edits where edit.replaced == 0 { members.append(edit.member) }
        return members
    }

    /// The number of members.
    var count: Int { document.childCount(of: object) / 2 + edits.count { $0.replaced == 0 } }

    /// Appends the object without white space between its members.
    func write(into output: inout [UInt8]) {
        var writer = MemberWriter(document: document)
        document.forEachMember(of: object) { name, value in
            writer.write(name, value, edit: edits.first { $0.replaced == value }, into: &output)
        }
        writer.endRun(&output)
        for edit in edits where edit.replaced == 0 {
            writer.separate(&output)
            edit.member.write(into: &output)
        }
        output.append(UInt8(ascii: "}"))
    }
}

/// Writes members of a document. Members that follow each other without white space are copied together.
private struct MemberWriter {
    let document: JSONDocument
    private var separator = UInt8(ascii: "{")
    /// The byte range of members that are not written yet.
    private var run = 0..<0

    init(document: JSONDocument) {
        self.document = document
    }

    /// Writes the member at these indices, or the edit that replaces it.
    @inline(__always)
    mutating func write(_ name: Int, _ value: Int, edit: JSONEditedObject.Edit?, into output: inout [UInt8]) {
        let nameRange = document.range(at: name)
        let valueRange = document.range(at: value)
        guard edit == nil, nameRange.upperBound + 1 == valueRange.lowerBound else {
            endRun(&output)
            separate(&output)
            output.append(bytesOf: document, in: nameRange)
            output.append(UInt8(ascii: ":"))
            if let edit {
                edit.member.value.write(into: &output)
            } else {
                output.append(bytesOf: document, in: valueRange)
            }
            return
        }
        var start = run.lowerBound
        if run.isEmpty || run.upperBound + 1 != nameRange.lowerBound {
            endRun(&output)
            start = nameRange.lowerBound
        }
        run = start..<valueRange.upperBound
    }

    mutating func endRun(_ output: inout [UInt8]) {
        guard !run.isEmpty else { return }
        separate(&output)
        output.append(bytesOf: document, in: run)
        run = 0..<0
    }

    mutating func separate(_ output: inout [UInt8]) {
        output.append(separator)
        separator = UInt8(ascii: ",")
    }
}

extension JSONEditedObject.Edit {
    fileprivate func isOfSameMember(as other: Self) -> Bool {
        guard replaced == other.replaced else { return false }
        return replaced != 0 || member.key.withStringBytes { other.member.key.isString($0) } ?? false
    }
}

extension [UInt8] {
    /// Appends the bytes of a document in a range that came from its tape.
    mutating func append(bytesOf document: JSONDocument, in range: Range<Int>) {
        document.bytes.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }
}
