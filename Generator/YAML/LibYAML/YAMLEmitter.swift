import CLibYAML

/// A value to write as YAML.
public indirect enum YAMLText: Sendable {
    /// A word without quotes, such as a number or `true`. The caller ensures that it is read as intended.
    case word(String)
    /// A text, in quotes if it would be read as another value without them.
    case text(String)
    /// Values in order.
    case sequence([YAMLText])
    /// Names and values in order.
    case mapping([(name: String, value: YAMLText)])
}

/// Writes YAML with libyaml, in the subset that ``YAMLLoader`` reads: block style, no anchors, no tags.
public enum YAMLEmitter {
    /// Returns a document with the value, without document markers.
    ///
    /// - Returns: Lines that end with a line feed; nil if libyaml runs out of memory.
    public static func bytes(of value: YAMLText) -> [UInt8]? {
        let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
        defer { emitter.deallocate() }
        guard yaml_emitter_initialize(emitter) == 1 else { return nil }
        defer { yaml_emitter_delete(emitter) }
        yaml_emitter_set_unicode(emitter, 1)
        // Texts are not folded, because a folded text would be read with different blanks.
        yaml_emitter_set_width(emitter, -1)
        yaml_emitter_set_indent(emitter, 2)
        var output: [UInt8] = []
        let isDone = withUnsafeMutablePointer(to: &output) { output in
            let handler: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?, Int) -> Int32 = {
                context, buffer, count in
                guard let output = context?.assumingMemoryBound(to: [UInt8].self) else { return 0 }
                output.pointee.append(contentsOf: UnsafeBufferPointer(start: buffer, count: count))
                return 1
            }
            yaml_emitter_set_output(emitter, handler, output)
            return YAMLEvents(emitter: emitter).document(value)
        }
        return isDone ? output : nil
    }

    /// Returns whether all parsers read a text without quotes as that text. It must have no syntax indicator, and must
    /// not be a number, date, boolean or null.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), let last = text.utf8.last, last != 0x20 else {
            return false
        }
        let isSimple = text.utf8.allSatisfy { byte in
            isLetter(byte) || byte.isASCIIDigit || " -./@".utf8.contains(byte)
        }
        return isSimple && !PlainScalar(text).isReadDifferentlyElsewhere
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte == UInt8(ascii: "_") }
}

/// Passes the events of a document to libyaml.
private struct YAMLEvents {
    let emitter: UnsafeMutablePointer<yaml_emitter_t>

    func document(_ value: YAMLText) -> Bool {
        var event = yaml_event_t()
        guard yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) == 1, emit(&event),
            yaml_document_start_event_initialize(&event, nil, nil, nil, 1) == 1, emit(&event),
            self.value(value),
            yaml_document_end_event_initialize(&event, 1) == 1, emit(&event),
            yaml_stream_end_event_initialize(&event) == 1, emit(&event)
        else { return false }
        return yaml_emitter_flush(emitter) == 1
    }

    /// Emits an event. libyaml takes ownership of it, even if the call fails.
    private func emit(_ event: inout yaml_event_t) -> Bool { yaml_emitter_emit(emitter, &event) == 1 }

    private func value(_ value: YAMLText) -> Bool {
        var event = yaml_event_t()
        switch value {
        case .word(let text): return scalar(text, YAML_PLAIN_SCALAR_STYLE)
        case .text(let text): return self.text(text)
        case .sequence(let values):
            // An empty collection has no block form.
            let style = values.isEmpty ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
            guard yaml_sequence_start_event_initialize(&event, nil, nil, 1, style) == 1, emit(&event) else {
                return false
            }
            for value in values { guard self.value(value) else { return false } }
            return yaml_sequence_end_event_initialize(&event) == 1 && emit(&event)
        case .mapping(let entries):
            let style = entries.isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
            guard yaml_mapping_start_event_initialize(&event, nil, nil, 1, style) == 1, emit(&event) else {
                return false
            }
            for entry in entries { guard text(entry.name), self.value(entry.value) else { return false } }
            return yaml_mapping_end_event_initialize(&event) == 1 && emit(&event)
        }
    }

    private func text(_ text: String) -> Bool {
        scalar(text, YAMLEmitter.isPlain(text) ? YAML_PLAIN_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    }

    private func scalar(_ text: String, _ style: yaml_scalar_style_t) -> Bool {
        var event = yaml_event_t()
        var bytes = Array(text.utf8)
        let count = Int32(clamping: bytes.count)
        guard Int(count) == bytes.count else { return false }
        return yaml_scalar_event_initialize(&event, nil, nil, &bytes, count, 1, 1, style) == 1 && emit(&event)
    }
}
