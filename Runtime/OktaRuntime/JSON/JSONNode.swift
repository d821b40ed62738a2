/// The storage of a JSON value. Immutable, so values share it.
final class JSONNode: Sendable {
    let storage: JSON.Storage

    /// Shared, because every edit of a model puts it where the value was.
    static let null = JSONNode(.null)

    init(_ storage: JSON.Storage) {
        self.storage = storage
    }

    // Reads are functions of the node: it keeps its storage, so that no owners have to be counted.

    /// The most frequent read, directly from the tape.
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? {
        switch storage {
        case .slice(let document, let index): document.string(of: key, inObjectAt: Int(index))
        case .object(let members): members.last { $0.key.isString(key) }?.value.string
        case .edited, .probe: member(key)?.string
        default: nil
        }
    }

    func member(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        if case .slice(let document, let object) = storage {
            guard let index = document.lookup(key, inValueAt: Int(object)) else { return nil }
            return slice(at: index)
        }
        return memberOfOther(key)
    }

    @inline(__always)
    func readMember<Result>(
        _ key: UnsafeBufferPointer<UInt8>, quick: (JSONDocument, Int) -> Result?, read: (JSON) -> Result?
    ) -> Result? {
        let value: JSON?
        if case .slice(let document, let object) = storage {
            guard let index = document.lookup(key, inValueAt: Int(object)), !document.tape[index].has(.null) else {
                return nil
            }
            if let result = quick(document, index) { return result }
            value = slice(at: index)
        } else {
            value = memberOfOther(key)
        }
        guard let value else { return nil }
        return read(value)
    }

    /// A value of the same document. Apart, because the optimizer would count the document's owners before the lookup,
    /// and so for each member that is missing.
    @inline(never)
    private func slice(at index: Int) -> JSON? {
        guard case .slice(let document, _) = storage else { return nil }
        return JSON(document, at: index)
    }

    @inline(never)
    private func memberOfOther(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        switch storage {
        case .object(let members): return members.last { $0.key.isString(key) }?.value
        case .edited(let object): return object.member(key)
        case .probe(let probe, let path):
            let path = path + [String(decoding: key, as: UTF8.self)]
            probe.note(path)
            return JSON(.probe(probe, path: path))
        default: return nil
        }
    }
}
