# SPDX-License-Identifier: Apache-2.0
# Completion of gpsh for bash: sourced, or in share/bash-completion/completions. gpsh itself knows what may follow.

_gpsh() {
  # bash cuts words at : and = too; a word ends at a blank only.
  local rest=${COMP_LINE:0:COMP_POINT} trimmed piece at
  local -a words=() lines=()
  for ((at = 0; at <= COMP_CWORD; ++at)); do
    trimmed=${rest#"${rest%%[![:space:]]*}"}
    piece=${COMP_WORDS[at]}
    [[ $trimmed == "$piece"* ]] || piece=$trimmed
    if ((at == 0)) || [[ $trimmed != "$rest" ]]; then words+=("$piece"); else words[-1]+=$piece; fi
    rest=${trimmed#"$piece"}
  done

  local current=${words[-1]} IFS=$'\n' line word files= behind=
  local kept=${current%"${current##*[:=]}"}
  mapfile -t lines < <("${words[0]/#\~/$HOME}" help --complete="${words[*]:1}"$'\n' 2>/dev/null)
  COMPREPLY=()
  for line in "${lines[@]}"; do
    word=${line%%$'\t'*}
    if [[ $word != '#files'* ]]; then
      COMPREPLY+=("${word#"$kept"}")
    else
      files=yes behind=${word#'#files'}
      behind=${behind# }
    fi
  done
  if [[ -z $files ]]; then
    compopt +o default
  elif ((${#COMPREPLY[@]} > 0)); then
    compopt -o filenames
    mapfile -t lines < <(compgen -f -- "${current#"$behind"}")
    for line in "${lines[@]}"; do
      line=$behind$line
      COMPREPLY+=("${line#"$kept"}")
    done
  fi
}

# Without any reply bash offers files itself, with all its ways of quoting.
complete -o default -F _gpsh gpsh
