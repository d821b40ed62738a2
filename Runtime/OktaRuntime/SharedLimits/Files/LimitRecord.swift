/// The content of a bucket's file.
///
/// The content consists of a line that names the format, the length and checksum of the payload, and the payload. An
/// exchange starts with an empty record if the file is truncated, partially written, in another format, or of another
/// bucket.
struct LimitRecord: Sendable, Hashable {
    let org: String
    let bucket: String
    var clock = StoreClock()
    var content = SharedBucket()

    /// Creates an empty record.
    init(org: String, bucket: String) {
        self.org = org
        self.bucket = bucket
    }

    /// Decodes a record. Returns `nil` if the bytes are not a record of this bucket.
    init?(_ bytes: [UInt8], org: String, bucket: String) {
        guard let record = LimitRecord(bytes), record.org == org, record.bucket == bucket else { return nil }
        self = record
    }

    /// Decodes a record of any bucket.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.mark) else { return nil }
        var reader = RecordReader(bytes[Self.mark.count...])
        guard let length = reader.fixed(4), let sum = reader.fixed(8), length <= UInt64(reader.rest.count) else {
            return nil
        }
        let payload = reader.rest.prefix(Int(length))
        guard Self.checksum(payload) == sum else { return nil }
        reader = RecordReader(payload)
        guard let org = reader.text(), let bucket = reader.text(), let hasOffset = reader.number(),
            let offset = reader.number(), abs(Double(offset)) < Double(1 << 50), let born = reader.moment(),
            let began = reader.moment(), let pause = reader.moment(), let lost = reader.moment(),
            let expected = reader.moment(), let windows = reader.count()
        else { return nil }
        self.org = org
        self.bucket = bucket
        clock = StoreClock(offset: hasOffset == 1 ? offset : nil)
        (content.born, content.began, content.pause) = (born, began, pause)
        (content.lost, content.expected) = (lost, expected)
        for _ in 0..<windows {
            guard let name = reader.text(), let window = reader.window() else { return nil }
            content.windows[name] = window
        }
        guard let members = reader.count() else { return nil }
        for _ in 0..<members {
            guard let id = reader.text(), let member = reader.member() else { return nil }
            content.members[id] = member
        }
    }

    /// The encoded content of the file.
    var bytes: [UInt8] {
        var writer = RecordWriter()
        writer.append(org)
        writer.append(bucket)
        writer.append(clock.offset == nil ? 0 : 1)
        writer.append(clock.offset ?? 0)
        writer.append(content.born)
        writer.append(content.began)
        writer.append(content.pause)
        writer.append(content.lost)
        writer.append(content.expected)
        writer.append(content.windows.count)
        for (name, window) in content.windows {
            writer.append(name)
            writer.append(window)
        }
        writer.append(content.members.count)
        for (id, member) in content.members {
            writer.append(id)
            writer.append(member)
        }
        var all = Self.mark
        RecordWriter.append(UInt64(writer.bytes.count), 4, to: &all)
        RecordWriter.append(Self.checksum(writer.bytes[...]), 8, to: &all)
        all += writer.bytes
        return all
    }

    /// Returns the 64-bit FNV-1a hash. It detects accidental damage, not manipulation.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer { buffer in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in buffer { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return hash
        }
    }

    /// The name and version of the format.
    private static let mark = Array("okta-limits 5\n".utf8)
}

/// Encodes the values of a record.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    /// Appends a number as a zigzag-encoded variable-length integer (LEB128).
    mutating func append(_ number: Int) {
        var rest = UInt(bitPattern: number) << 1 ^ UInt(bitPattern: number >> (Int.bitWidth - 1))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(_ text: String) {
        append(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ window: SharedBucket.Window) {
        for number in [
            window.limit, window.remaining, window.sure, window.reset, window.lastReset, window.hold,
            window.doubts.count,
        ] {
            append(number)
        }
        for doubt in window.doubts {
            append(doubt.count)
            append(doubt.since)
            append(doubt.owner)
        }
    }

    mutating func append(_ member: SharedBucket.Member) {
        append(member.principal)
        append(member.name)
        for number in [
            member.weight, member.priority == .interactive ? 1 : 2, member.held, member.until, member.taken,
            member.unmet, member.seen, member.due, member.part, member.isAlone ? 1 : 0, member.last.number,
            member.last.granted, member.last.returned,
            member.last.unstated,
        ] { append(number) }
    }

    /// Appends a number of a fixed size, the lowest byte first.
    static func append(_ number: UInt64, _ size: Int, to bytes: inout [UInt8]) {
        for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
    }
}

/// Decodes the values of a record in order. Each method returns `nil` at the end of the bytes and for an invalid value.
struct RecordReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func number() -> Int? {
        var value: UInt = 0
        var shift = 0
        while shift < Int.bitWidth, let byte = rest.popFirst() {
            value |= UInt(byte & 0x7F) << UInt(shift)
            if byte < 0x80 { return Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1) }
            shift += 7
        }
        return nil
    }

    /// Reads a number of permits or records. The limit prevents overflow in later arithmetic.
    mutating func count() -> Int? { number().flatMap { (0...10_000_000).contains($0) ? $0 : nil } }

    /// Reads milliseconds since 1970. The limit, after the year 30000, prevents overflow in later arithmetic.
    mutating func moment() -> Int? { number().flatMap { (0...1 << 50).contains($0) ? $0 : nil } }

    mutating func text() -> String? {
        guard let count = number(), (0...rest.count).contains(count) else { return nil }
        defer { rest = rest.dropFirst(count) }
        return String(decoding: rest.prefix(count), as: UTF8.self)
    }

    mutating func window() -> SharedBucket.Window? {
        var window = SharedBucket.Window()
        guard let limit = count(), let remaining = count(), let sure = count(), let reset = moment(),
            let lastReset = moment(), let hold = moment(), let doubts = count()
        else { return nil }
        (window.limit, window.remaining, window.sure, window.reset) = (limit, remaining, sure, reset)
        (window.lastReset, window.hold) = (lastReset, hold)
        for _ in 0..<doubts {
            guard let count = count(), let since = moment(), let owner = text() else { return nil }
            window.doubts.append(.init(count: count, since: since, owner: owner))
        }
        return window
    }

    mutating func member() -> SharedBucket.Member? {
        guard let principal = text(), let name = text(), let weight = count(), (1...1000).contains(weight),
            let priority = count(), let held = count(), let until = moment(), let taken = count(), let unmet = count(),
            let seen = moment(), let due = moment(), let part = count(), let alone = count(), let number = number(),
            let granted = count(),
            let returned = count(), let unstated = count()
        else { return nil }
        var member = SharedBucket.Member(
            principal: principal, name: name, weight: weight, priority: priority == 1 ? .interactive : .bulk)
        (member.held, member.until, member.taken) = (held, until, taken)
        (member.unmet, member.seen, member.due) = (unmet, seen, due)
        (member.part, member.isAlone) = (part, alone == 1)
        member.last = .init(number: number, granted: granted, returned: returned, unstated: unstated)
        return member
    }

    /// Returns a number of a fixed size, the lowest byte first.
    mutating func fixed(_ size: Int) -> UInt64? {
        guard rest.count >= size else { return nil }
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(rest.popFirst() ?? 0) << UInt64(8 * index) }
        return value
    }
}
