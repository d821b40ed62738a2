/// A shell with completion, and its interface to the program.
package enum CompletionShell: String, Sendable, CaseIterable {
    case bash, zsh, fish

    /// The script that connects the shell to the program. It contains no names: the program supplies them at each Tab.
    package var script: String {
        switch self {
        case .bash:
            #"""
            # Completion of okta for bash. In ~/.bashrc: eval "$(okta completion bash)"
            _okta() {
                local line kind=
                COMPREPLY=()
                while IFS= read -r line; do
                    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
                done < <(okta ---complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
                [[ $kind == open ]] && compopt -o nospace 2>/dev/null
                return 0
            }
            complete -F _okta okta
            """#
        case .zsh:
            #"""
            #compdef okta
            # Completion of okta for zsh. In ~/.zshrc, after compinit: eval "$(okta completion zsh)"
            _okta() {
                local line kind= text
                local -a closed closedShown open openShown
                while IFS= read -r line; do
                    kind=${line%%$'\t'*}
                    line=${line#*$'\t'}
                    text=${line%%$'\t'*}
                    line=${line/$'\t'/  -- }
                    if [[ $kind == open ]]; then
                        open+=("$text") openShown+=("$line")
                    else
                        closed+=("$text") closedShown+=("$line")
                    fi
                done < <(okta ---complete zsh "${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)
                (( $#closed )) && compadd -l -d closedShown -a closed
                (( $#open )) && compadd -l -S '' -d openShown -a open
                (( $#closed + $#open ))
            }
            if [[ $funcstack[1] == _okta ]]; then _okta "$@"; else compdef _okta okta; fi
            """#
        case .fish:
            #"""
            # Completion of okta for fish. In ~/.config/fish/config.fish: okta completion fish | source
            function __okta_complete
                set -l words (commandline -opc)
                # In quotes, an empty word is an argument, too.
                set -l current (commandline -ct)
                okta ---complete fish "$current" $words 2>/dev/null
            end
            complete -c okta -f -a '(__okta_complete)'
            """#
        }
    }
}
