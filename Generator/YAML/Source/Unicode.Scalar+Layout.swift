extension Unicode.Scalar {
    /// Whether this scalar breaks a line, changes the text direction or is invisible.
    package var isLayout: Bool {
        // Most text is ASCII, and the lookup of the general category is slow.
        if isASCII { return value < 0x20 || value == 0x7F }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
