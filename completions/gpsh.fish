# SPDX-License-Identifier: Apache-2.0
# Completion of gpsh for fish: in a folder completions of fish's. gpsh itself knows what may follow.

function __gpsh_complete
    set -l given (commandline -opc) (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $given[1])
    set -l words (printf '%s\n' $given[2..] | string collect --no-trim-newlines)
    for line in ($program help --complete="$words" 2>/dev/null)
        if string match -q '#files*' -- $line
            set -l behind (string replace -r '^#files ?' '' -- $line)
            set -l begun (string sub -s (math 1 + (string length -- "$behind")) -- (commandline -ct))
            for file in (__fish_complete_path "$begun")
                printf '%s%s\n' "$behind" $file
            end
        else
            printf '%s\n' $line
        end
    end
end

complete -c gpsh -f -a '(__gpsh_complete)'
