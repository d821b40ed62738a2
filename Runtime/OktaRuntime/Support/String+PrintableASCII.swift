extension String {
    /// Whether there are only spaces and visible ASCII characters, which every header field's value may hold.
    var isPrintableASCII: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
}
