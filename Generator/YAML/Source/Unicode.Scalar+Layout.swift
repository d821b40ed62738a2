extension Unicode.Scalar {
    /// Whether this is no text but breaks a line, turns its direction or does not show at all.
    package var isLayout: Bool {
        // Most text is ASCII, and the table of categories is slow to ask.
        if isASCII { return value < 0x20 || value == 0x7F }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
